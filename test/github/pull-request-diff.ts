import { findAnchor, followLine } from './git/anchor.ts';
import { findMergeBase, listCommitsBetween } from './git/history.ts';
import type { Commit } from './git/object-store.ts';
import { type ChangedFile, describeChange } from './git/patch.ts';
import { findEntry } from './git/tree.ts';
import { diffTrees } from './git/tree-diff.ts';
import type { Issue, PullRequest, Repository, ReviewComment } from './state.ts';
import type { World } from './world.ts';

const cache = new WeakMap<World, Map<string, readonly ChangedFile[]>>();

/** Diffs kept in memory; the oldest go first. */
const CACHE_ENTRIES = 200;

/** The files that differ between the merge base of two commits and the second (three dots), as GitHub shows a pull request. */
export function compareCommits(
  world: World,
  repository: Repository,
  base: string,
  head: string,
): readonly ChangedFile[] {
  const { store } = repository;
  const mergeBase = findMergeBase(store, base, head);
  const before = mergeBase === undefined ? undefined : store.commits.get(mergeBase)?.tree;
  const after = store.commits.get(head)?.tree ?? '';
  const known = cache.get(world) ?? new Map<string, readonly ChangedFile[]>();
  cache.set(world, known);
  const key = `${before} ${after}`;
  const files =
    known.get(key) ?? diffTrees(store, before, after).map((one) => describeChange(store, one, world.limits.patch));
  known.delete(key);
  known.set(key, files);
  if (known.size > CACHE_ENTRIES) known.delete(known.keys().next().value ?? '');
  return files;
}

/** The commit that a pull request is compared with: its base branch as it is now. */
export function baseTip(repository: Repository, pull: PullRequest): string {
  return (pull.mergedAt === null ? repository.refs.get(`refs/heads/${pull.baseRef}`) : undefined) ?? pull.baseSha;
}

/** All changed files of a pull request; callers that answer the API cut them at GitHub's 3,000. */
export function listChangedFiles(world: World, repository: Repository, pull: PullRequest): readonly ChangedFile[] {
  return compareCommits(world, repository, baseTip(repository, pull), pull.headSha);
}

/** The pull request's commits, oldest first. */
export function listPullRequestCommits(repository: Repository, pull: PullRequest): Commit[] {
  return listCommitsBetween(repository.store, baseTip(repository, pull), pull.headSha);
}

/** Where a review comment stands in the pull request's present diff; undefined members: outdated. */
export interface Standing {
  readonly line?: number;
  readonly startLine?: number;
  readonly position?: number;
}

/** Follows a comment's line from the commit that it was written on to the present head. */
export function locateComment(world: World, repository: Repository, issue: Issue, comment: ReviewComment): Standing {
  const pull = issue.pullRequest;
  if (pull === undefined || comment.originalLine === undefined) return {};
  const patch = listChangedFiles(world, repository, pull).find((file) => file.path === comment.path)?.patch;
  if (patch === undefined) return {};
  const follow = (line: number | undefined, side: ReviewComment['side']) =>
    line === undefined || side === 'LEFT' ? line : followToHead(repository, pull, comment, line);
  const line = follow(comment.originalLine, comment.side);
  const anchor = line === undefined ? undefined : findAnchor(patch, comment.side, line);
  if (line === undefined || anchor === undefined) return {};
  const startLine = follow(comment.originalStartLine, comment.startSide ?? comment.side);
  return { line, position: anchor.position, ...(startLine !== undefined && { startLine }) };
}

function followToHead(
  repository: Repository,
  pull: PullRequest,
  comment: ReviewComment,
  line: number,
): number | undefined {
  if (comment.originalCommitSha === pull.headSha) return line;
  const read = (sha: string) => {
    const tree = repository.store.commits.get(sha)?.tree ?? '';
    const entry = findEntry(repository.store, tree, comment.path);
    return repository.store.blobs.get(entry?.sha ?? '')?.toString();
  };
  const [before, after] = [read(comment.originalCommitSha), read(pull.headSha)];
  return before === undefined || after === undefined ? undefined : followLine(before, after, line);
}
