import type { FileChange, RepositoryState } from '../review/repository-state.ts';
import type { NotSeen } from '../review/verdict.ts';
import type { State } from '../store/ports.ts';
import { notInTree } from './not-in-tree.ts';
import { type Changes, type Comparison, changesBetween } from './read-changes.ts';
import { readDocuments } from './read-documents.ts';
import { cachedTree, readTree } from './read-tree.ts';
import { knownScan, type ScanDeps, type ScannedTree, scanTree } from './scan-tree.ts';

export interface SnapshotDeps extends ScanDeps {
  readonly state: State;
}

export interface SnapshotRequest {
  readonly repositoryId: number;
  readonly head: { readonly sha: string; readonly treeSha: string };
  readonly mergeBase: Comparison['mergeBase'];
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
  const { head, mergeBase, changes } = request;
  const base = mergeBase ? await readBase(deps, request.repositoryId, mergeBase) : undefined;
  const headTree = head.treeSha === mergeBase?.treeSha && base ? base.tree : await readTree(deps, head.treeSha, false);
  const headScanned = await scanTree(deps, headTree, head.sha, base);
  const fileList = changes ?? { files: changesBetween(base?.tree, headTree), notSeen: [] };
  return {
    base: base && mergeBase ? await repositoryState(deps, request, base, mergeBase.sha, []) : emptyState(head.sha),
    head: await repositoryState(deps, request, headScanned, head.sha, fileList.notSeen),
    changes: fileList.files,
  };
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
  const elsewhere = await notInTree(deps, tree, isRead);
  return {
    sha,
    paths: new Map([...tree.files].map(([path, file]) => [path, file.sha])),
    documents: documents.texts,
    scans,
    notSeen: [...notSeen, ...documents.notSeen, ...elsewhere, ...more],
  };
}

const POINTER_KIND = 'scanned_base';

async function readBase(
  deps: SnapshotDeps,
  repositoryId: number,
  mergeBase: { readonly sha: string; readonly treeSha: string },
): Promise<ScannedTree> {
  const key = { kind: POINTER_KIND, repositoryId, pullRequest: 0, name: deps.scanner.catalogVersion };
  const pointer = await deps.state.read(key);
  const tree = await readTree(deps, mergeBase.treeSha, true);
  const earlier = pointer?.value === mergeBase.treeSha ? undefined : await earlierScan(deps, pointer?.value);
  const scanned = await scanTree(deps, tree, mergeBase.sha, earlier);
  if (scanned.notSeen.length === 0 && pointer?.value !== mergeBase.treeSha) {
    // Only a hint where to start the next time: whoever writes it last is right enough.
    await deps.state.write(key, { version: pointer?.version ?? 0, value: mergeBase.treeSha, now: deps.now() });
  }
  return scanned;
}

/** An earlier base with its scan; undefined where it is not at hand without a request. */
async function earlierScan(deps: SnapshotDeps, treeSha: unknown): Promise<ScannedTree | undefined> {
  const tree = typeof treeSha === 'string' ? await cachedTree(deps.cache, treeSha) : undefined;
  return tree && (await knownScan(deps, tree));
}
