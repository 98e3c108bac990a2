import { readDeclaration } from '../declaration/read-declaration.ts';
import type { UseCase } from '../declaration/use-case.ts';
import { isDay } from '../document/day.ts';
import { compileGlobs } from '../document/glob.ts';
import { nearest } from '../document/nearest.ts';
import { addPacks } from '../policy/custom-packs.ts';
import { loadPacks } from '../policy/load-packs.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { findPack } from '../policy/select-policies.ts';
import { type CommandContext, type ParsedOptions, UsageError } from './command.ts';
import { printProblems } from './print-problems.ts';
import { readSources } from './read-sources.ts';

/** Declarations in a folder that is given instead of files: at their default places, at any depth. */
const isDeclaration = compileGlobs(['**/.github/ai-use-cases/**/*.{yml,yaml}', '**/ai-use-case.{yml,yaml}']);

/** YAML files of a folder. */
export const isYaml = compileGlobs(['**/*.{yml,yaml}']);

/** The day of judgement, ISO: `--on`, else today (UTC). */
export function dayOf(context: CommandContext, options: ParsedOptions): string {
  const on = options.text('on');
  if (on === undefined) return context.now().toISOString().slice(0, 10);
  if (!isDay(on)) throw new UsageError(`--on can't be '${on}'.`, 'Write a day as 2024-06-01.');
  return on;
}

/** The shipped packs and those given by `--pack`. */
export async function packsOf(context: CommandContext, options: ParsedOptions): Promise<readonly PolicyPack[]> {
  const files = await readSources(context, options.texts('pack'), isYaml);
  const { packs, problems } = addPacks(loadPacks(), files);
  refuse(printProblems(context, problems), 'policy packs');
  return packs;
}

/** The pack that is meant by `ID`, `SERIES` or `ID@VERSION`. */
export function packNamed(packs: readonly PolicyPack[], name: string, on: string): PolicyPack {
  const [id = '', version] = name.split('@');
  const pack = findPack(packs, { id, version }, on);
  if (pack !== undefined) return pack;
  const versions = packs.filter((each) => each.id === id).map((each) => `${each.id}@${each.version}`);
  const names = versions.length > 0 ? versions : packs.flatMap((each) => [each.id, each.series]);
  const meant = nearest(versions.length > 0 ? name : id, [...new Set(names)]);
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  throw new UsageError(`there is no policy '${name}'.${hint}`, "'sightline policy list' shows the policies.");
}

/** The use cases of declaration files and folders; with an error in any of them, nothing is judged. */
export async function useCasesOf(context: CommandContext, paths: readonly string[]): Promise<readonly UseCase[]> {
  const { useCases, errors } = await readableUseCasesOf(context, paths);
  refuse(errors, 'declarations');
  return useCases;
}

/** The use cases that can be read, and how many errors were printed of the others. */
export async function readableUseCasesOf(
  context: CommandContext,
  paths: readonly string[],
): Promise<{ readonly useCases: readonly UseCase[]; readonly errors: number }> {
  const sources = await readSources(context, paths, isDeclaration);
  const files = sources.map(readDeclaration);
  const problems = files.flatMap((file) => file.problems);
  return { useCases: files.flatMap(({ useCases }) => useCases), errors: printProblems(context, problems) };
}

function refuse(errors: number, what: string): void {
  if (errors === 0) return;
  const count = errors === 1 ? 'is 1 error' : `are ${errors} errors`;
  throw new UsageError(
    `there ${count} in the ${what}; nothing was judged.`,
    'Correct what is listed above and try again.',
  );
}
