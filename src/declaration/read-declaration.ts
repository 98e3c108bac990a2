import { DEFAULT_LIMITS } from '../document/limits.ts';
import type { Place, Problem } from '../document/place.ts';
import { createProblem } from '../document/problem.ts';
import { limitProblems, type ReadDocument, readDocuments, type Source } from '../document/read-document.ts';
import { pathText } from '../document/schema-problems.ts';
import { readFacts } from '../facts/read-facts.ts';
import { declarationSchema, type WrittenDeclaration } from './declaration-schema.ts';
import type { DeclarationFile, UseCase } from './use-case.ts';

/** Use cases in one file, separated by `---`. */
const LIMITS = { ...DEFAULT_LIMITS, documents: 50 };

/**
 * Reads a declaration file into its use cases. Safe and linear on hostile text. A use case whose document does not fit
 * the schema is left out; one with a wrong fact is kept without that fact, which is unknown then, so that the code it covers is
 * not taken for undeclared. The problems say why. A file with nothing in it has no use cases.
 *
 * @example
 * const { useCases, problems } = readDeclaration({ path: '.github/ai-use-cases/badge.yml', text });
 */
export function readDeclaration(source: Source): DeclarationFile {
  const read = readDocuments(source, declarationSchema, LIMITS).map((document) => toUseCase(document));
  const useCases = read.flatMap(({ useCase }) => useCase ?? []);
  const problems = read.flatMap((each) => each.problems);
  const [first] = problems;
  return { path: source.path, useCases, problems: first ? limitProblems(problems, first.place) : [] };
}

interface ReadUseCase {
  readonly useCase?: UseCase;
  readonly problems: readonly Problem[];
}

function toUseCase(document: ReadDocument<WrittenDeclaration>): ReadUseCase {
  // Facts are read even where the rest of the document is wrong, so that all problems are told at once.
  const read = readFacts(document.valueAt(['facts']), (path, what) => document.placeOf(['facts', ...path], what));
  const problems = [...document.problems, ...read.problems];
  if (!document.value) return { problems };
  const { id, title = id, owners = [], services = [], covers = [], description = '' } = document.value;
  const places = placesOf(document);
  const useCase = {
    id,
    title,
    owners,
    services,
    covers,
    facts: read.facts,
    description,
    place: document.place,
    places,
  };
  return { useCase, problems: services.length > 0 ? problems : [...problems, noServices(id, document)] };
}

function placesOf(document: ReadDocument<unknown>): ReadonlyMap<string, Place> {
  return new Map([...document.paths()].map((path) => [pathText(path), document.placeOf(path, 'entry')]));
}

function noServices(id: string, document: ReadDocument<unknown>): Problem {
  const place = document.placeOf(['id'], 'entry');
  return createProblem(
    'SL-DECL-NO-SERVICES',
    place,
    `The use case ${id} names no services, so no policy is chosen by it`,
    {
      level: 'warning',
    },
  );
}
