import { type FileMode, type ObjectStore, type TreeEntry, writeTreeObject } from './object-store.ts';

/** A file, symbolic link or submodule of a tree, by its full path. */
export interface FileEntry {
  readonly mode: FileMode;
  readonly sha: string;
}

export type Files = ReadonlyMap<string, FileEntry>;

/** Stores a whole tree given as paths and returns the root's SHA-1. */
export function writeTree(store: ObjectStore, files: Files): string {
  const entries: TreeEntry[] = [];
  const folders = new Map<string, Map<string, FileEntry>>();
  for (const [path, file] of files) {
    const slash = path.indexOf('/');
    if (slash === -1) {
      entries.push({ mode: file.mode, name: path, sha: file.sha });
      continue;
    }
    const folder = path.slice(0, slash);
    const inside = folders.get(folder) ?? new Map<string, FileEntry>();
    folders.set(folder, inside.set(path.slice(slash + 1), file));
  }
  for (const [name, inside] of folders) entries.push({ mode: '040000', name, sha: writeTree(store, inside) });
  return writeTreeObject(store, entries);
}

/** All files of a tree by full path. */
export function readTree(store: ObjectStore, treeSha: string): Map<string, FileEntry> {
  const files = new Map<string, FileEntry>();
  for (const entry of walkTree(store, treeSha)) {
    if (entry.mode !== '040000') files.set(entry.path, { mode: entry.mode, sha: entry.sha });
  }
  return files;
}

/** Every entry of a tree, folders included and before what is in them, with full paths. */
export function* walkTree(
  store: ObjectStore,
  treeSha: string,
  prefix = '',
): Generator<{ readonly path: string; readonly mode: FileMode; readonly sha: string }> {
  for (const entry of store.trees.get(treeSha) ?? []) {
    const path = prefix + entry.name;
    yield { path, mode: entry.mode, sha: entry.sha };
    if (entry.mode === '040000') yield* walkTree(store, entry.sha, `${path}/`);
  }
}

/** The entry at a path (`''`: the tree itself), or undefined. */
export function findEntry(store: ObjectStore, treeSha: string, path: string): FileEntry | undefined {
  let found: FileEntry = { mode: '040000', sha: treeSha };
  for (const name of path.split('/').filter((part) => part !== '')) {
    const entry: TreeEntry | undefined =
      found.mode === '040000' ? store.trees.get(found.sha)?.find((candidate) => candidate.name === name) : undefined;
    if (entry === undefined) return undefined;
    found = entry;
  }
  return found;
}
