import { gunzipSync, gzipSync } from 'node:zlib';
import type { NotSeen } from '../review/verdict.ts';
import type { Cache } from '../store/ports.ts';
import type { ObjectReads, TreeEntry } from './object-reads.ts';

export interface TreeFile {
  readonly sha: string;
  /** Bytes. */
  readonly size: number;
}

/** The regular files of one tree. Symbolic links and submodules are no content of this repository and left out. */
export interface Tree {
  readonly sha: string;
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly notSeen: readonly NotSeen[];
}

/** Symbolic links (120000) are blobs, too; following them would read what is not there. */
const SYMBOLIC_LINK = '120000';

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
  const walk: Walk = { reads: deps.reads, files: new Map(), left: MAX_TREE_REQUESTS, notSeen: [] };
  await readBelow(walk, sha, '');
  const { files, notSeen } = walk;
  if (keep && notSeen.length === 0) await deps.cache.putMany(CACHE_KIND, new Map([[sha, pack(files)]]), deps.now());
  return { sha, files, notSeen };
}

/** A tree that was kept; undefined where it was not. */
export async function cachedTree(cache: Cache, sha: string): Promise<Tree | undefined> {
  const packed = (await cache.getMany(CACHE_KIND, [sha])).get(sha);
  return packed === undefined ? undefined : { sha, files: unpack(packed), notSeen: [] };
}

interface Walk {
  readonly reads: Pick<ObjectReads, 'tree'>;
  readonly files: Map<string, TreeFile>;
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
    if (type !== 'blob' || mode === SYMBOLIC_LINK) continue;
    walk.files.set(prefix + path, { sha, size: size ?? 0 });
  }
}

function cannotSee(walk: Walk, prefix: string, reason: string): void {
  const path = prefix.slice(0, -1);
  walk.notSeen.push({ what: 'tree', ...(path ? { path } : {}), reason });
}

function pack(files: ReadonlyMap<string, TreeFile>): string {
  const rows = [...files].map(([path, { sha, size }]) => [path, sha, size]);
  return gzipSync(JSON.stringify(rows), { level: 1 }).toString('base64');
}

function unpack(packed: string): ReadonlyMap<string, TreeFile> {
  const rows: [string, string, number][] = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'));
  return new Map(rows.map(([path, sha, size]) => [path, { sha, size }]));
}
