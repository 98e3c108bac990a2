import type { FileScan, Scanner } from '../integration/integration.ts';
import type { NotSeen } from '../review/verdict.ts';
import type { Cache } from '../store/ports.ts';
import { isGitHubError } from './github-error.ts';
import { isBlob, type ObjectReads, readBlobs } from './object-reads.ts';
import { readArchive } from './read-archive.ts';
import type { Tree, TreeFile } from './read-tree.ts';

export interface ScanDeps {
  readonly reads: ObjectReads;
  readonly cache: Cache;
  readonly scanner: Scanner;
  readonly now: () => number;
}

/** A tree with what the scanner found in it. */
export interface ScannedTree {
  readonly tree: Tree;
  readonly scans: ReadonlyMap<string, FileScan>;
  readonly notSeen: readonly NotSeen[];
}

/** Source larger than that is not fetched; the scanner refuses much less. */
export const MAX_SCANNED_BYTES = 4 * 1024 * 1024;

/** From so many unknown files on, if they are a good part of all, one download of the whole commit is cheaper for GitHub and for us. */
const ARCHIVE_FROM_FILES = 150;
const ARCHIVE_FROM_PART = 0.2;

/** Without an archive more files than that are not asked for one by one. */
const MAX_SINGLE_BLOBS = 5_000;

/** What was found in one file; the key has catalog, blob and path. */
const FILE_KIND = 'scan';
/** The files of a tree in which something was found or that could not be read; the key has catalog and tree. */
const TREE_KIND = 'tree_scan';

/**
 * Scans every file of a tree that can hold an integration, reading only what no earlier scan has seen: not the files that
 * `reference` (scanned with the same catalog) has under the same path with the same content.
 * @param commit a commit with this tree, for the archive
 */
export async function scanTree(
  deps: ScanDeps,
  tree: Tree,
  commit: string,
  reference?: ScannedTree,
): Promise<ScannedTree> {
  const known = await knownScan(deps, tree);
  if (known) return known;
  const found = new Map<string, FileScan>();
  const unknown = new Map<string, TreeFile>();
  for (const [path, file] of tree.files) {
    if (!deps.scanner.reads(path)) continue;
    const same = reference?.tree.files.get(path)?.sha === file.sha ? reference.scans.get(path) : undefined;
    if (same) keepNotable(found, same);
    else if (file.size > MAX_SCANNED_BYTES) found.set(path, notRead(path));
    else unknown.set(path, file);
  }
  const notSeen = await scanUnknown(deps, unknown, { commit, fileCount: tree.files.size }, found);
  // In the same order whatever was known before.
  const notable = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (notSeen.length === 0 && tree.notSeen.length === 0) {
    const entry = new Map([[treeKey(deps, tree.sha), JSON.stringify(notable)]]);
    await deps.cache.putMany(TREE_KIND, entry, deps.now());
  }
  return scanned(deps, tree, notable, notSeen);
}

function notRead(path: string): FileScan {
  return { path, status: 'not_read', reason: 'too_large', integrations: [] };
}

function isNotable(scan: FileScan): boolean {
  return scan.integrations.length > 0 || scan.status === 'not_read';
}

function keepNotable(found: Map<string, FileScan>, scan: FileScan): void {
  if (isNotable(scan)) found.set(scan.path, scan);
}

/** What an earlier scan of the whole tree with this catalog found; undefined where there was none. */
export async function knownScan(
  deps: Pick<ScanDeps, 'cache' | 'scanner'>,
  tree: Tree,
): Promise<ScannedTree | undefined> {
  const key = treeKey(deps, tree.sha);
  const cached = (await deps.cache.getMany(TREE_KIND, [key])).get(key);
  return cached === undefined || tree.notSeen.length > 0 ? undefined : scanned(deps, tree, JSON.parse(cached), []);
}

/** Those of some files that no scan with this catalog has seen. */
export async function unscanned(
  deps: Pick<ScanDeps, 'cache' | 'scanner'>,
  files: readonly (readonly [path: string, file: TreeFile])[],
): Promise<readonly TreeFile[]> {
  const keys = new Map(files.map(([path, file]) => [fileKey(deps, path, file), file]));
  for (const key of (await deps.cache.getMany(FILE_KIND, [...keys.keys()])).keys()) keys.delete(key);
  return [...keys.values()];
}

function fileKey({ scanner }: Pick<ScanDeps, 'scanner'>, path: string, { sha }: TreeFile): string {
  return `${scanner.catalogVersion}/${sha}/${path}`;
}

function treeKey({ scanner }: Pick<ScanDeps, 'scanner'>, treeSha: string): string {
  return `${scanner.catalogVersion}/${treeSha}`;
}

function scanned(
  deps: Pick<ScanDeps, 'scanner'>,
  tree: Tree,
  notable: readonly FileScan[],
  notSeen: readonly NotSeen[],
): ScannedTree {
  const scans = new Map(notable.map((scan) => [scan.path, scan]));
  const unseen = new Set(notSeen.map(({ path }) => path));
  for (const path of tree.files.keys()) {
    if (scans.has(path) || unseen.has(path) || !deps.scanner.reads(path)) continue;
    scans.set(path, { path, status: 'scanned', integrations: [] });
  }
  return { tree, scans, notSeen: [...tree.notSeen, ...notSeen] };
}

async function scanUnknown(
  deps: ScanDeps,
  unknown: Map<string, TreeFile>,
  { commit, fileCount }: { readonly commit: string; readonly fileCount: number },
  found: Map<string, FileScan>,
): Promise<readonly NotSeen[]> {
  const keys = new Map([...unknown].map(([path, file]) => [fileKey(deps, path, file), path]));
  for (const [key, value] of await deps.cache.getMany(FILE_KIND, [...keys.keys()])) {
    const path = keys.get(key) ?? '';
    keepNotable(found, JSON.parse(value));
    unknown.delete(path);
  }
  const fresh = new Map<string, string>();
  const isFirstSight = unknown.size >= Math.max(ARCHIVE_FROM_FILES, fileCount * ARCHIVE_FROM_PART);
  async function take(path: string, content: Uint8Array): Promise<void> {
    const file = unknown.get(path);
    // Archives apply attributes (`export-subst`, line ends); what is not the blob is fetched as the blob.
    if (!file || !isBlob(file.sha, content)) return;
    const scan = await deps.scanner.scan(path, content);
    unknown.delete(path);
    keepNotable(found, scan);
    // Of a whole repository only what matters is kept file by file; the tree as a whole says the rest.
    if (!isFirstSight || isNotable(scan)) fresh.set(fileKey(deps, path, file), JSON.stringify(scan));
  }
  if (isFirstSight) await takeArchive(deps, commit, unknown, take);
  const notSeen = await takeBlobs(deps, unknown, take);
  await deps.cache.putMany(FILE_KIND, fresh, deps.now());
  return notSeen;
}

type Take = (path: string, content: Uint8Array) => Promise<void>;

async function takeArchive(deps: ScanDeps, commit: string, unknown: Map<string, TreeFile>, take: Take): Promise<void> {
  try {
    const wants = (path: string, size: number) => unknown.has(path) && size <= MAX_SCANNED_BYTES;
    await readArchive(await deps.reads.archive(commit), wants, take);
  } catch (error) {
    // Another way remains for what is few; for the rest the next try may bring the archive.
    const canDoWithout = unknown.size <= MAX_SINGLE_BLOBS;
    if (!canDoWithout || !isGitHubError(error, 'gone', 'forbidden', 'refused', 'unavailable')) throw error;
  }
}

async function takeBlobs(deps: ScanDeps, unknown: Map<string, TreeFile>, take: Take): Promise<readonly NotSeen[]> {
  const paths = new Map<string, string[]>();
  for (const [path, { sha }] of unknown) paths.set(sha, [...(paths.get(sha) ?? []), path]);
  const reachable = [...unknown.values()].slice(0, MAX_SINGLE_BLOBS);
  const missing = await readBlobs(deps.reads, reachable, async (sha, content) => {
    for (const path of paths.get(sha) ?? []) await take(path, content);
  });
  return [...unknown].map(([path, { sha }]) => ({
    what: 'file',
    path,
    reason: missing.get(sha) ?? `more than ${MAX_SINGLE_BLOBS} files would have to be read one by one`,
  }));
}
