import type { Problem } from '../document/place.ts';
import { createProblem, quote } from '../document/problem.ts';
import type { Source } from '../document/read-document.ts';
import type { PolicyPack } from './pack.ts';
import { readPack } from './read-pack.ts';

/** Files with this ending hold worked cases of packs, not packs. */
const CASES = /\.cases\.ya?ml$/;

/** Whether a path among an organisation's or repository's packs names a file of worked cases. */
export function isCasesPath(path: string): boolean {
  return CASES.test(path);
}

/**
 * Adds the packs of an organisation or a repository to those that judge already. A pack with an error is left out. Packs can
 * only add: one that takes the series of a pack that is there would replace it from its own date on, and one that takes its id
 * and version would hide it; both are problems.
 */
export function addPacks(
  present: readonly PolicyPack[],
  files: readonly Source[],
): { readonly packs: readonly PolicyPack[]; readonly problems: readonly Problem[] } {
  const added: PolicyPack[] = [];
  const problems: Problem[] = [];
  for (const file of files.filter(({ path }) => !isCasesPath(path))) {
    const read = readPack(file);
    problems.push(...read.problems);
    if (read.pack === undefined) continue;
    const problem = collision(read.pack, present, added);
    if (problem === undefined) added.push(read.pack);
    else problems.push(problem);
  }
  return { packs: [...present, ...added], problems };
}

function collision(
  pack: PolicyPack,
  present: readonly PolicyPack[],
  added: readonly PolicyPack[],
): Problem | undefined {
  const taken = present.find(({ id, series }) => [id, series].some((name) => [pack.id, pack.series].includes(name)));
  if (taken !== undefined) {
    const message = `${quote(pack.id)} takes the id or series of ${quote(taken.id)} (${taken.publisher}, ${taken.document}), which judges already and may not be replaced`;
    return createProblem('SL-PACK-RESERVED-NAME', pack.place, message);
  }
  if (!added.some(({ id, version }) => id === pack.id && version === pack.version)) return undefined;
  return createProblem(
    'SL-PACK-DUPLICATE-VERSION',
    pack.place,
    `${quote(`${pack.id}@${pack.version}`)} stands in two files`,
  );
}
