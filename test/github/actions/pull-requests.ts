import { findMergeBase } from '../git/history.ts';
import { writeCommit } from '../git/object-store.ts';
import { readTree, writeTree } from '../git/tree.ts';
import { emailOf } from '../render/commit.ts';
import { renderWholePullRequest } from '../render/pull-request.ts';
import { unprocessable } from '../reply.ts';
import type { Account, Issue, PullRequest, Repository } from '../state.ts';
import { nextIdentity, type World } from '../world.ts';
import { updateRef } from './push.ts';

export type PullRequestIssue = Issue & { readonly pullRequest: PullRequest };

/** Opens a pull request. The head branch may be in a fork. Throws 422 as GitHub does where there is nothing to merge. */
export function openPullRequest(
  world: World,
  repository: Repository,
  options: {
    readonly author: Account;
    readonly title: string;
    readonly body?: string | null;
    readonly head: string;
    readonly headRepository?: Repository;
    readonly base?: string;
    readonly draft?: boolean;
    readonly viaAppId?: number;
  },
): PullRequestIssue {
  const headRepository = options.headRepository ?? repository;
  const base = options.base ?? repository.defaultBranch;
  const headSha = headRepository.refs.get(`refs/heads/${options.head}`);
  const baseSha = repository.refs.get(`refs/heads/${base}`);
  if (headSha === undefined)
    throw unprocessable('Validation Failed', [{ resource: 'PullRequest', field: 'head', code: 'invalid' }]);
  if (baseSha === undefined)
    throw unprocessable('Validation Failed', [{ resource: 'PullRequest', field: 'base', code: 'invalid' }]);
  if (headSha === baseSha) throw unprocessable('Validation Failed', [`No commits between ${base} and ${options.head}`]);
  const pull = nextIdentity(world, 'PullRequest', 'PR', repository.id);
  const issue: PullRequestIssue = {
    ...nextIdentity(world, 'Issue', 'I', repository.id),
    number: repository.nextNumber,
    title: options.title,
    body: options.body ?? null,
    state: 'open',
    stateReason: null,
    authorId: options.author.id,
    ...(options.viaAppId !== undefined && { viaAppId: options.viaAppId }),
    labels: [],
    createdAt: world.clock(),
    updatedAt: world.clock(),
    closedAt: null,
    pullRequest: {
      ...pull,
      headRepositoryId: headRepository.id,
      headRef: options.head,
      headSha,
      baseRef: base,
      baseSha,
      draft: options.draft ?? false,
      mergedAt: null,
      mergedById: null,
      mergeCommitSha: null,
      resolvedThreads: new Set(),
    },
  };
  world.nodes.set(pull.nodeId, { kind: 'PullRequest', id: issue.number, repositoryId: repository.id });
  repository.nextNumber += 1;
  repository.issues.set(issue.number, issue);
  repository.refs.set(`refs/pull/${issue.number}/head`, headSha);
  tell(world, repository, issue, 'opened', options.author.id);
  return issue;
}

/** Tells apps of something that happened to a pull request, with `extra` beside the pull request. */
export function tell(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  action: string,
  senderId: number,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const pull = renderWholePullRequest(world, repository, issue);
  const payload = { number: issue.number, pull_request: pull, ...extra };
  world.emit({ name: 'pull_request', action, repository, senderId, payload });
  world.changes.emit('change');
}

/** Moves the heads of open pull requests after a push to their branch, in this repository and those it was forked from. */
export function synchronise(
  world: World,
  repository: Repository,
  branch: string,
  before: string,
  after: string,
  senderId: number,
): void {
  for (const target of withAncestors(world, repository)) {
    for (const issue of target.issues.values()) {
      const pull = issue.pullRequest;
      if (pull === undefined || issue.state !== 'open') continue;
      if (pull.headRepositoryId !== repository.id || pull.headRef !== branch) continue;
      pull.headSha = after;
      pull.baseSha = target.refs.get(`refs/heads/${pull.baseRef}`) ?? pull.baseSha;
      target.refs.set(`refs/pull/${issue.number}/head`, after);
      issue.updatedAt = world.clock();
      tell(world, target, issue as PullRequestIssue, 'synchronize', senderId, { before, after });
    }
  }
}

/** A repository and those that it was forked from, nearest first. */
function withAncestors(world: World, repository: Repository): Repository[] {
  const parent = world.repositories.get(repository.parentId ?? 0);
  return [repository, ...(parent ? withAncestors(world, parent) : [])];
}

/** Changes title, body or base branch. Nothing is told where nothing changes. */
export function editPullRequest(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  changes: { readonly title?: string; readonly body?: string; readonly base?: string },
  senderId: number,
): void {
  const told: Record<string, unknown> = {};
  const pull = issue.pullRequest;
  if (changes.title !== undefined && changes.title !== issue.title) {
    told.title = { from: issue.title };
    issue.title = changes.title;
  }
  if (changes.body !== undefined && changes.body !== issue.body) {
    told.body = { from: issue.body ?? '' };
    issue.body = changes.body;
  }
  if (changes.base !== undefined && changes.base !== pull.baseRef) {
    const sha = repository.refs.get(`refs/heads/${changes.base}`);
    if (sha === undefined)
      throw unprocessable('Validation Failed', [{ resource: 'PullRequest', field: 'base', code: 'invalid' }]);
    told.base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
    pull.baseRef = changes.base;
    pull.baseSha = sha;
  }
  if (Object.keys(told).length === 0) return;
  issue.updatedAt = world.clock();
  tell(world, repository, issue, 'edited', senderId, { changes: told });
}

export function closePullRequest(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  senderId: number,
): void {
  if (issue.state === 'closed') return;
  Object.assign(issue, { state: 'closed', closedAt: world.clock(), updatedAt: world.clock() });
  tell(world, repository, issue, 'closed', senderId);
}

/** GitHub does not reopen what was merged. */
export function reopenPullRequest(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  senderId: number,
): void {
  if (issue.state === 'open') return;
  if (issue.pullRequest.mergedAt !== null)
    throw unprocessable('Validation Failed', ['state cannot be changed. The pull request was merged.']);
  Object.assign(issue, { state: 'open', closedAt: null, updatedAt: world.clock() });
  tell(world, repository, issue, 'reopened', senderId);
}

export function setDraft(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  draft: boolean,
  senderId: number,
): void {
  if (issue.pullRequest.draft === draft) return;
  issue.pullRequest.draft = draft;
  issue.updatedAt = world.clock();
  tell(world, repository, issue, draft ? 'converted_to_draft' : 'ready_for_review', senderId);
}

/** Merges with a merge commit. Throws where both sides changed one file: the local GitHub does not merge texts. */
export function mergePullRequest(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  sender: Account,
): string {
  const pull = issue.pullRequest;
  const base = repository.refs.get(`refs/heads/${pull.baseRef}`) ?? '';
  const tree = mergeTrees(repository, base, pull.headSha);
  const signature = { name: sender.login, email: emailOf(sender), at: world.clock() };
  const message = `Merge pull request #${issue.number}\n\n${issue.title}`;
  const parents = [base, pull.headSha];
  const { sha } = writeCommit(repository.store, { tree, parents, author: signature, committer: signature, message });
  Object.assign(pull, { baseSha: base, mergedAt: world.clock(), mergedById: sender.id, mergeCommitSha: sha });
  Object.assign(issue, { state: 'closed', closedAt: world.clock(), updatedAt: world.clock() });
  updateRef(world, repository, `refs/heads/${pull.baseRef}`, sha, sender.id);
  tell(world, repository, issue, 'closed', sender.id);
  return sha;
}

/** The tree of a three-way merge, file by file. */
export function mergeTrees(repository: Repository, base: string, head: string): string {
  const { store } = repository;
  const read = (sha: string | undefined) => readTree(store, store.commits.get(sha ?? '')?.tree ?? '');
  const [origin, ours, theirs] = [read(findMergeBase(store, base, head)), read(base), read(head)];
  const merged = new Map(ours);
  for (const path of new Set([...origin.keys(), ...theirs.keys()])) {
    const [was, mine, other] = [origin.get(path), ours.get(path), theirs.get(path)];
    if (was?.sha === other?.sha && was?.mode === other?.mode) continue;
    if (mine?.sha !== was?.sha && mine?.sha !== other?.sha) throw new Error(`merge conflict in ${path}`);
    if (other === undefined) merged.delete(path);
    else merged.set(path, other);
  }
  return writeTree(store, merged);
}
