import { notInTree } from '../review/not-in-tree.ts';
import type { FileChange, RepositoryState } from '../review/repository-state.ts';
import type { NotSeen } from '../review/verdict.ts';
import type { State, StateRecord } from '../store/ports.ts';
import { readAhead, type Side } from './read-ahead.ts';
import { type Changes, type Comparison, changesBetween, type KnownComparison } from './read-changes.ts';
import { readDocuments } from './read-documents.ts';
import { readLinks } from './read-links.ts';
import { cachedTree, readTree, type Tree } from './read-tree.ts';
import { knownScan, type ScanDeps, type ScannedTree, scanTree } from './scan-tree.ts';
import { treeAfter } from './tree-after.ts';

export interface SnapshotDeps extends ScanDeps {
  readonly state: State;
}

export interface SnapshotRequest {
  readonly repositoryId: number;
  readonly head: { readonly sha: string; readonly treeSha: string };
  readonly comparison: KnownComparison;
  /** Which paths are declarations, policies or configuration. */
  readonly isDocument: (path: string) => boolean;
  /** The changed files as GitHub lists them; undefined where it does not list them in full: then the trees say it. */
  readonly changes: Changes | undefined;
}

/** A change as the review wants it: both sides and what lies between. */
export interface Snapshot {
  readonly base: RepositoryState;
  readonly head: RepositoryState;
  readonly changes: readonly FileChange[];
}

/**
 * Reads both sides of a change. What the base's scan has seen is not read again for the head, and what an earlier base's scan has
 * seen not for this base, so that a push costs what it changed.
 */
export async function readSnapshot(deps: SnapshotDeps, request: SnapshotRequest): Promise<Snapshot> {
  const { head, comparison, changes } = request;
  const known = comparison.mergeBase && (await openBase(deps, request.repositoryId, comparison.mergeBase));
  const headTree = await readHeadTree(deps, request, known?.tree);
  const ahead = { ...deps, reads: await readAhead(deps, sidesOf(known, headTree), request.isDocument) };
  const base = known && (await scanBase(ahead, request.repositoryId, known));
  const headScanned = await scanTree(ahead, headTree, head.sha, base);
  const fileList = changes ?? { files: changesBetween(base?.tree, headTree), notSeen: [] };
  return {
    base: base && known ? await repositoryState(ahead, request, base, known.sha, []) : emptyState(head.sha),
    head: await repositoryState(ahead, request, headScanned, head.sha, fileList.notSeen),
    changes: fileList.files,
  };
}

/** The head's tree: the base's, or what the comparison makes of it, or else as GitHub lists it. */
async function readHeadTree(
  deps: SnapshotDeps,
  { head, comparison: { files, blobs }, isDocument }: SnapshotRequest,
  base: Tree | undefined,
): Promise<Tree> {
  if (base?.sha === head.treeSha) return base;
  const isRead = (path: string) => deps.scanner.reads(path) || isDocument(path);
  const told = base && files && blobs && treeAfter(base, { files, blobs }, head.treeSha, isRead);
  return told ?? readTree(deps, head.treeSha, false);
}

function sidesOf(base: KnownBase | undefined, head: Tree): readonly Side[] {
  if (!base) return [{ tree: head }];
  const seen = base.scanned ?? base.earlier;
  return [
    { tree: base.tree, ...(seen ? { seen: seen.tree } : {}) },
    { tree: head, seen: base.tree },
  ];
}

/** The side before an unrelated history: nothing was there. */
function emptyState(sha: string): RepositoryState {
  return { sha, paths: new Map(), documents: new Map(), scans: new Map(), notSeen: [] };
}

async function repositoryState(
  deps: SnapshotDeps,
  { isDocument }: SnapshotRequest,
  { tree, scans, notSeen }: ScannedTree,
  sha: string,
  more: readonly NotSeen[],
): Promise<RepositoryState> {
  const documents = await readDocuments(deps, tree, isDocument);
  const isRead = (path: string) => deps.scanner.reads(path) || isDocument(path);
  const links = await readLinks(deps, tree, isRead);
  const own = { isRead, isDocument, holds: (path: string) => tree.files.has(path) };
  const elsewhere = notInTree({ submodules: tree.submodules.keys(), links }, own);
  return {
    sha,
    paths: new Map([...tree.files].map(([path, file]) => [path, file.sha])),
    documents: documents.texts,
    scans,
    notSeen: [...notSeen, ...documents.notSeen, ...elsewhere, ...more],
  };
}

const POINTER_KIND = 'scanned_base';

/** A base before it is scanned: with its own earlier scan, or that of the last base that was. */
interface KnownBase {
  readonly sha: string;
  readonly tree: Tree;
  readonly scanned?: ScannedTree | undefined;
  readonly earlier?: ScannedTree | undefined;
  readonly pointer: StateRecord | undefined;
}

function pointerKey(deps: SnapshotDeps, repositoryId: number) {
  return { kind: POINTER_KIND, repositoryId, pullRequest: 0, name: deps.scanner.catalogVersion };
}

async function openBase(
  deps: SnapshotDeps,
  repositoryId: number,
  { sha, treeSha }: NonNullable<Comparison['mergeBase']>,
): Promise<KnownBase> {
  const pointer = await deps.state.read(pointerKey(deps, repositoryId));
  const tree = await readTree(deps, treeSha, true);
  const scanned = await knownScan(deps, tree);
  const earlier = scanned || pointer?.value === treeSha ? undefined : await earlierScan(deps, pointer?.value);
  return { sha, tree, scanned, earlier, pointer };
}

async function scanBase(deps: SnapshotDeps, repositoryId: number, base: KnownBase): Promise<ScannedTree> {
  const { sha, tree, pointer, earlier } = base;
  const scanned = base.scanned ?? (await scanTree(deps, tree, sha, earlier));
  if (scanned.notSeen.length === 0 && pointer?.value !== tree.sha) {
    // Only a hint where to start the next time: whoever writes it last is right enough.
    const version = pointer?.version ?? 0;
    await deps.state.write(pointerKey(deps, repositoryId), { version, value: tree.sha, now: deps.now() });
  }
  return scanned;
}

/** An earlier base with its scan; undefined where it is not at hand without a request. */
async function earlierScan(deps: SnapshotDeps, treeSha: unknown): Promise<ScannedTree | undefined> {
  const tree = typeof treeSha === 'string' ? await cachedTree(deps.cache, treeSha) : undefined;
  return tree && (await knownScan(deps, tree));
}
