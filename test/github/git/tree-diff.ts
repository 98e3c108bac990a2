import type { ObjectStore } from './object-store.ts';
import type { FileEntry } from './tree.ts';

/** One changed path between two trees; `previousPath` for a rename. */
export interface TreeChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly before?: FileEntry;
  readonly after?: FileEntry;
}

/** Git's own default: a file of which half is the same is a rename (https://git-scm.com/docs/git-diff, `-M`). */
const RENAME_SIMILARITY = 0.5;

/** Git looks for inexact renames only up to that many candidates (`diff.renameLimit`, https://git-scm.com/docs/git-config). */
const RENAME_LIMIT = 400;

/** What changed from one tree to another, renames found, ordered by path. */
export function diffTrees(store: ObjectStore, before: string | undefined, after: string): TreeChange[] {
  const changes = [...compareFolders(store, before, after, '')];
  return findRenames(store, changes).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function* compareFolders(
  store: ObjectStore,
  before: string | undefined,
  after: string | undefined,
  prefix: string,
): Generator<TreeChange> {
  if (before === after) return;
  const old = new Map((store.trees.get(before ?? '') ?? []).map((entry) => [entry.name, entry]));
  const fresh = new Map((store.trees.get(after ?? '') ?? []).map((entry) => [entry.name, entry]));
  for (const name of new Set([...old.keys(), ...fresh.keys()])) {
    const [a, b] = [old.get(name), fresh.get(name)];
    if (a?.sha === b?.sha && a?.mode === b?.mode) continue;
    const path = prefix + name;
    const [folderA, folderB] = [a?.mode === '040000' ? a.sha : undefined, b?.mode === '040000' ? b.sha : undefined];
    if (folderA !== undefined || folderB !== undefined) yield* compareFolders(store, folderA, folderB, `${path}/`);
    const [fileA, fileB] = [folderA === undefined ? a : undefined, folderB === undefined ? b : undefined];
    if (fileA !== undefined || fileB !== undefined) {
      yield { path, ...(fileA && { before: fileA }), ...(fileB && { after: fileB }) };
    }
  }
}

function findRenames(store: ObjectStore, changes: readonly TreeChange[]): TreeChange[] {
  const removed = new Map(
    changes.filter((change) => change.after === undefined).map((change) => [change.path, change]),
  );
  const added = changes.filter((change) => change.before === undefined);
  const renamed = new Map<string, TreeChange>();
  const join = (from: TreeChange, to: TreeChange) => {
    removed.delete(from.path);
    renamed.set(to.path, { ...from, ...to, path: to.path, previousPath: from.path });
  };
  for (const to of added) {
    const same = [...removed.values()].find((from) => from.before?.sha === to.after?.sha);
    if (same !== undefined) join(same, to);
  }
  const open = added.filter((to) => !renamed.has(to.path));
  if (open.length <= RENAME_LIMIT && removed.size <= RENAME_LIMIT) {
    for (const to of open) {
      const best = [...removed.values()]
        .map((from) => ({ from, similarity: similarity(store, from.before?.sha, to.after?.sha) }))
        .sort((a, b) => b.similarity - a.similarity)[0];
      if (best !== undefined && best.similarity >= RENAME_SIMILARITY) join(best.from, to);
    }
  }
  const gone = new Set([...renamed.values()].map((change) => change.previousPath));
  return changes
    .filter((change) => !(change.after === undefined && gone.has(change.path)))
    .map((change) => (change.before === undefined ? (renamed.get(change.path) ?? change) : change));
}

/** The share of bytes, in whole lines, that two blobs have in common: 0 to 1. */
function similarity(store: ObjectStore, a: string | undefined, b: string | undefined): number {
  const [old, fresh] = [store.blobs.get(a ?? ''), store.blobs.get(b ?? '')];
  if (old === undefined || fresh === undefined || old.length === 0 || fresh.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const line of old.toString('latin1').split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of fresh.toString('latin1').split('\n')) {
    const left = counts.get(line) ?? 0;
    if (left > 0) {
      counts.set(line, left - 1);
      common += line.length + 1;
    }
  }
  return common / Math.max(old.length, fresh.length);
}
