import type { Configuration } from '../configuration/configuration.ts';
import { findDuplicateIds } from '../declaration/duplicate-ids.ts';
import { readDeclaration } from '../declaration/read-declaration.ts';
import type { DeclarationFile, UseCase } from '../declaration/use-case.ts';
import { compileGlobs } from '../document/glob.ts';
import type { Problem } from '../document/place.ts';
import type { Source } from '../document/read-document.ts';
import { mendedText } from './mended-text.ts';
import type { RepositoryState } from './repository-state.ts';

/**
 * The use cases that a state declares, in the order of their files' paths, with all that is wrong with the declarations. Two use cases of one id are
 * both judged, and the second is a problem: an override or a report could not tell them apart.
 */
export function readUseCases(
  state: RepositoryState,
  configuration: Configuration,
): { readonly useCases: readonly UseCase[]; readonly problems: readonly Problem[] } {
  const isDeclaration = declarationTest(configuration);
  const paths = [...state.documents.keys()].filter(isDeclaration).sort();
  const files = paths.map((path) => readAsMeant({ path, text: state.documents.get(path) ?? '' }));
  const useCases = files.flatMap((file) => file.useCases);
  return { useCases, problems: [...files.flatMap((file) => file.problems), ...findDuplicateIds(files)] };
}

/** Whether a path is a declaration by its place: within the configured globs, and not ignored. */
export function declarationTest({ declarations, ignore }: Configuration): (path: string) => boolean {
  const isDeclared = compileGlobs(declarations);
  const isIgnored = compileGlobs(ignore);
  return (path) => isDeclared(path) && !isIgnored(path);
}

/**
 * Where the mend of a fault is exact, the use case is judged as it was meant, and the fault itself is a finding: who misspelt
 * a value is asked to mend that, and not for the value as well.
 */
function readAsMeant(source: Source): DeclarationFile {
  const read = readDeclaration(source);
  const mended = mendedText(source.text, read.problems);
  return mended === undefined ? read : { ...read, useCases: readDeclaration({ ...source, text: mended }).useCases };
}
