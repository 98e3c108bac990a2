import type { Problem } from '../document/place.ts';
import { createProblem } from '../document/problem.ts';
import type { DeclarationFile, UseCase } from './use-case.ts';

/**
 * The ids that several use cases of a repository have, within a file or across files: one problem for each use case but
 * the first, in the order of paths and lines.
 */
export function findDuplicateIds(files: readonly DeclarationFile[]): readonly Problem[] {
  const ordered = files.flatMap((file) => file.useCases).sort(byPlace);
  const firsts = new Map<string, UseCase>();
  const problems: Problem[] = [];
  for (const useCase of ordered) {
    const first = firsts.get(useCase.id);
    if (first) problems.push(duplicate(useCase, first));
    else firsts.set(useCase.id, useCase);
  }
  return problems;
}

function byPlace({ place: a }: UseCase, { place: b }: UseCase): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range.startLine - b.range.startLine;
}

function duplicate(useCase: UseCase, first: UseCase): Problem {
  const place = useCase.places.get('id') ?? useCase.place;
  const { path, range } = first.places.get('id') ?? first.place;
  const message = `The id ${useCase.id} is taken by the use case in ${path}, line ${range.startLine}`;
  return createProblem('SL-DECL-DUPLICATE-ID', place, message);
}
