import { posix } from 'node:path';
import type { NotSeen } from './verdict.ts';

/** What a tree names beside its files. */
export interface Elsewhere {
  /** Paths at which other repositories are bound in. */
  readonly submodules: Iterable<string>;
  /** Symbolic links with the path that they lead to, as it is written in them; undefined where that could not be read. */
  readonly links: ReadonlyMap<string, string | undefined>;
}

export interface OwnFiles {
  /** Whether a path is read, by its name. */
  readonly isRead: (path: string) => boolean;
  /** Whether a path is read as a declaration, policy or configuration, by its name. */
  readonly isDocument: (path: string) => boolean;
  /** Whether the tree has a regular file of that path. */
  readonly holds: (path: string) => boolean;
}

const SUBMODULE =
  'It is a submodule: its code is in another repository. Judge it there, and name its folder under `ignore` here.';
const LINK = 'It is a symbolic link to something that is not read; put the file itself in its place.';

/**
 * What a tree names but does not hold: the content of submodules, and of symbolic links that would be read under their own name and
 * lead to something that is not read. A link to code that is read anyway hides nothing; one in the place of a document hides it, for a
 * document counts by its path.
 */
export function notInTree(
  { submodules, links }: Elsewhere,
  { isRead, isDocument, holds }: OwnFiles,
): readonly NotSeen[] {
  const hidden = [...links].filter(([path, leads]) => {
    const target = posix.join(posix.dirname(path), leads ?? '');
    return isRead(path) && (isDocument(path) || !isRead(target) || !holds(target));
  });
  return [
    ...[...submodules].map((path): NotSeen => ({ what: 'file', path, reason: SUBMODULE })),
    ...hidden.map(([path]): NotSeen => ({ what: 'file', path, reason: LINK })),
  ];
}
