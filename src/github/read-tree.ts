import { gunzipSync, gzipSync } from 'node:zlib';
import type { NotSeen } from '../review/verdict.ts';
import type { Cache } from '../store/ports.ts';
import type { ObjectReads, TreeEntry } from './object-reads.ts';

export interface TreeFile {
  readonly sha: string;
  /** Bytes; of a file that is known from a comparison only, as many as it can have at most. */
  readonly size: number;
  /** Absent: the usual one of its kind (100644 for a file). */
  readonly mode?: string;
}

/** One tree: its regular files, and beside them what is no content of this repository. */
export interface Tree {
  readonly sha: string;
  readonly files: ReadonlyMap<string, TreeFile>;
  /** Symbolic links; their blob holds the path that they lead to. */
  readonly links: ReadonlyMap<string, TreeFile>;
  /** Commits of other repositories by the path of the submodule. */
  readonly submodules: ReadonlyMap<string, string>;
  readonly notSeen: readonly NotSeen[];
}

/** Symbolic links (120000) are blobs, too; following them would read what is not there. */
const SYMBOLIC_LINK = '120000';

/** What git gives a file unless told otherwise. */
const REGULAR_FILE = '100644';

/** Requests for one tree that GitHub does not list at once (100,000 entries, 7 MB): https://docs.github.com/en/rest/git/trees#get-a-tree */
const MAX_TREE_REQUESTS = 60;

/** More files are not held in memory. */
const MAX_FILES = 400_000;

/** Every file of every commit's tree that is kept may be asked for again, so only base trees are: heads come and go. */
const CACHE_KIND = 'tree';

interface TreeDeps {
  readonly reads: Pick<ObjectReads, 'tree'>;
  readonly cache: Cache;
  readonly now: () => number;
}

/**
 * Reads a tree with all below it; from the cache if it is there. Where GitHub truncates the list its folders are asked
 * for one by one, within bounds; what remains unknown is in `notSeen`.
 * @param keep whether the tree is worth keeping
 */
export async function readTree(deps: TreeDeps, sha: string, keep: boolean): Promise<Tree> {
  const cached = await cachedTree(deps.cache, sha);
  if (cached) return cached;
  const parts = { files: new Map(), links: new Map(), submodules: new Map(), notSeen: [] };
  const walk: Walk = { reads: deps.reads, left: MAX_TREE_REQUESTS, ...parts };
  await readBelow(walk, sha, '');
  const tree: Tree = { sha, ...parts };
  if (keep && tree.notSeen.length === 0) {
    await deps.cache.putMany(CACHE_KIND, new Map([[sha, pack(tree)]]), deps.now());
  }
  return tree;
}

/** A tree that was kept; undefined where it was not. */
export async function cachedTree(cache: Cache, sha: string): Promise<Tree | undefined> {
  const packed = (await cache.getMany(CACHE_KIND, [sha])).get(sha);
  return packed === undefined ? undefined : unpack(sha, packed);
}

interface Walk {
  readonly reads: Pick<ObjectReads, 'tree'>;
  readonly files: Map<string, TreeFile>;
  readonly links: Map<string, TreeFile>;
  readonly submodules: Map<string, string>;
  readonly notSeen: NotSeen[];
  left: number;
}

async function readBelow(walk: Walk, sha: string, prefix: string): Promise<void> {
  if (walk.left <= 0 || walk.files.size >= MAX_FILES) return cannotSee(walk, prefix, 'it has too many files');
  walk.left -= 1;
  const whole = await walk.reads.tree(sha, true);
  if (!whole.truncated) return addAll(walk, whole.entries, prefix);
  walk.left -= 1;
  const level = await walk.reads.tree(sha, false);
  if (level.truncated) return cannotSee(walk, prefix, 'GitHub does not list all of it');
  addAll(walk, level.entries, prefix);
  for (const entry of level.entries) {
    if (entry.type === 'tree') await readBelow(walk, entry.sha, `${prefix}${entry.path}/`);
  }
}

function addAll(walk: Walk, entries: readonly TreeEntry[], prefix: string): void {
  for (const { path, type, mode, sha, size } of entries) {
    if (type === 'commit') walk.submodules.set(prefix + path, sha);
    if (type !== 'blob') continue;
    const kind = mode === SYMBOLIC_LINK ? walk.links : walk.files;
    const isUsual = mode === SYMBOLIC_LINK || mode === REGULAR_FILE;
    kind.set(prefix + path, { sha, size: size ?? 0, ...(isUsual ? {} : { mode }) });
  }
}

function cannotSee(walk: Walk, prefix: string, reason: string): void {
  const path = prefix.slice(0, -1);
  walk.notSeen.push({ what: 'tree', ...(path ? { path } : {}), reason });
}

type Row = readonly [path: string, sha: string, size: number, mode?: string];

interface Packed {
  readonly files: readonly Row[];
  readonly links: readonly Row[];
  readonly submodules: readonly (readonly [string, string])[];
}

function pack({ files, links, submodules }: Tree): string {
  const rows = (of: ReadonlyMap<string, TreeFile>): Row[] =>
    [...of].map(([path, { sha, size, mode }]) => (mode === undefined ? [path, sha, size] : [path, sha, size, mode]));
  const packed: Packed = { files: rows(files), links: rows(links), submodules: [...submodules] };
  return gzipSync(JSON.stringify(packed), { level: 1 }).toString('base64');
}

function unpack(sha: string, packed: string): Tree {
  const { files, links, submodules }: Packed = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'));
  const map = (rows: readonly Row[]) =>
    new Map(rows.map(([path, blob, size, mode]) => [path, { sha: blob, size, ...(mode ? { mode } : {}) }]));
  return { sha, files: map(files), links: map(links), submodules: new Map(submodules), notSeen: [] };
}
