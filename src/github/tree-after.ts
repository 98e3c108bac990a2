import type { FileChange } from '../review/repository-state.ts';
import { type Comparison, MAX_COMPARED_FILES } from './read-changes.ts';
import type { Tree, TreeFile } from './read-tree.ts';
import { treeId } from './tree-id.ts';

/** How large a file may have become for its size to be taken from its patch; beyond, GitHub is asked. */
const MAX_GUESSED_BYTES = 200_000;

/** The blob of an empty file, for which there is no patch. */
const EMPTY_BLOBS = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
];

interface Sides {
  readonly files: Map<string, TreeFile>;
  readonly links: Map<string, TreeFile>;
  readonly submodules: Map<string, string>;
}

/**
 * The tree that a comparison makes of its base, so that a head that differs in little is not listed anew. A comparison tells no
 * modes, so the result counts only if it has the id that the head's tree has. Undefined where it has not, or where the
 * comparison does not tell enough.
 * @param sha the head's tree
 * @param isRead whether a path's content will be wanted, so that its size has to be known
 */
export function treeAfter(
  base: Tree,
  { files, blobs }: Pick<Comparison, 'files' | 'blobs'>,
  sha: string,
  isRead: (path: string) => boolean,
): Tree | undefined {
  if (files.length >= MAX_COMPARED_FILES || base.notSeen.length > 0) return undefined;
  const sides: Sides = {
    files: new Map(base.files),
    links: new Map(base.links),
    submodules: new Map(base.submodules),
  };
  for (const { path, status, previousPath } of files) {
    if (status === 'removed') remove(sides, path);
    if (status === 'renamed' && previousPath !== undefined) remove(sides, previousPath);
  }
  for (const change of files) {
    if (change.status === 'removed') continue;
    const blob = blobs.get(change.path);
    if (blob === undefined || !put(base, sides, change, blob, isRead(change.path))) return undefined;
  }
  return treeId(sides) === sha ? { sha, ...sides, notSeen: [] } : undefined;
}

function remove({ files, links, submodules }: Sides, path: string): void {
  files.delete(path);
  links.delete(path);
  submodules.delete(path);
}

/** Puts what a change left behind; false where its size can't be told. */
function put(base: Tree, sides: Sides, { path, previousPath, patch }: FileChange, sha: string, isRead: boolean) {
  const before = previousPath ?? path;
  if (base.submodules.has(before)) {
    sides.submodules.set(path, sha);
    return true;
  }
  const isLink = base.links.has(before);
  const known = (isLink ? base.links : base.files).get(before);
  const size = sizeOf(known, sha, patch);
  if (isRead && (size === undefined || size > MAX_GUESSED_BYTES)) return false;
  const mode = known?.mode === undefined ? {} : { mode: known.mode };
  (isLink ? sides.links : sides.files).set(path, { sha, size: size ?? 0, ...mode });
  return true;
}

/** A file has at most the bytes that it had and those that its patch adds. */
function sizeOf(before: TreeFile | undefined, sha: string, patch: string | undefined): number | undefined {
  if (before?.sha === sha) return before.size;
  if (EMPTY_BLOBS.includes(sha)) return 0;
  return patch === undefined ? undefined : (before?.size ?? 0) + Buffer.byteLength(patch);
}
