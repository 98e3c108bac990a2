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
    for (const { from, to } of rankPairs(store, [...removed.values()], open)) {
      if (removed.has(from.path) && !renamed.has(to.path)) join(from, to);
    }
  }
  const gone = new Set([...renamed.values()].map((change) => change.previousPath));
  return changes
    .filter((change) => !(change.after === undefined && gone.has(change.path)))
    .map((change) => (change.before === undefined ? (renamed.get(change.path) ?? change) : change));
}

/** The pairs that are alike enough for a rename, most alike first. */
function rankPairs(store: ObjectStore, removed: readonly TreeChange[], added: readonly TreeChange[]) {
  const old = removed.map((from) => ({ from, lines: countLines(store, from.before) }));
  const fresh = added.map((to) => ({ to, lines: countLines(store, to.after) }));
  const pairs = fresh.flatMap(({ to, lines }) =>
    old.map((one) => ({ from: one.from, to, similarity: similarity(one.lines, lines) })),
  );
  return pairs.filter((pair) => pair.similarity >= RENAME_SIMILARITY).sort((a, b) => b.similarity - a.similarity);
}

interface Lines {
  readonly counts: ReadonlyMap<string, number>;
  readonly bytes: number;
}

function countLines(store: ObjectStore, entry: FileEntry | undefined): Lines {
  const data = store.blobs.get(entry?.sha ?? '') ?? Buffer.alloc(0);
  const counts = new Map<string, number>();
  for (const line of data.toString('latin1').split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return { counts, bytes: data.length };
}

/** The share of bytes, in whole lines, that two files have in common: 0 to 1. */
function similarity(a: Lines, b: Lines): number {
  if (a.bytes === 0 || b.bytes === 0 || Math.min(a.bytes, b.bytes) < RENAME_SIMILARITY * Math.max(a.bytes, b.bytes))
    return 0;
  let common = 0;
  for (const [line, count] of b.counts) common += Math.min(count, a.counts.get(line) ?? 0) * (line.length + 1);
  return common / Math.max(a.bytes, b.bytes);
}
