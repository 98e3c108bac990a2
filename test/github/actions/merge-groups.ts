import { writeCommit } from '../git/object-store.ts';
import { emailOf, renderSimpleCommit } from '../render/commit.ts';
import type { Account, Repository } from '../state.ts';
import type { World } from '../world.ts';
import { requestSuites } from './check-suites.ts';
import { mergeTrees, type PullRequestIssue } from './pull-requests.ts';

/** A merge queue's trial merge of one or more pull requests. */
export interface MergeGroup {
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

/** Where a queue keeps its groups; people can't write there. */
const QUEUE = 'refs/heads/gh-readonly-queue/';

/** Builds a merge group on the base branch's tip, one merge commit a pull request, and asks for checks on it. */
export function enqueue(
  world: World,
  repository: Repository,
  issues: readonly PullRequestIssue[],
  sender: Account,
): MergeGroup {
  const baseRef = issues[0]?.pullRequest.baseRef ?? repository.defaultBranch;
  const baseSha = repository.refs.get(`refs/heads/${baseRef}`) ?? '';
  let headSha = baseSha;
  const signature = { name: sender.login, email: emailOf(sender), at: world.clock() };
  for (const issue of issues) {
    const tree = mergeTrees(repository, headSha, issue.pullRequest.headSha);
    const parents = [headSha, issue.pullRequest.headSha];
    const message = `Merge pull request #${issue.number}\n\n${issue.title}`;
    headSha = writeCommit(repository.store, { tree, parents, author: signature, committer: signature, message }).sha;
  }
  const headRef = `${QUEUE}${baseRef}/pr-${issues.at(-1)?.number}-${baseSha}`;
  repository.refs.set(headRef, headSha);
  const group = { headSha, headRef, baseSha, baseRef: `refs/heads/${baseRef}` };
  requestSuites(world, repository, headSha, headRef, sender.id);
  tell(world, repository, group, 'checks_requested', sender.id);
  return group;
}

/** The merge group that merges a pull request's head. */
export function groupOf(repository: Repository, pullHead: string): MergeGroup | undefined {
  for (const [headRef, headSha] of repository.refs) {
    const [, branch = '', baseSha = ''] = /^(.+)\/pr-\d+-([0-9a-f]{40})$/.exec(headRef.replace(QUEUE, '')) ?? [];
    if (!headRef.startsWith(QUEUE) || baseSha === '') continue;
    for (let sha = headSha; sha !== baseSha; ) {
      const [before = baseSha, merged] = repository.store.commits.get(sha)?.parents ?? [];
      if (merged === pullHead) return { headSha, headRef, baseSha, baseRef: `refs/heads/${branch}` };
      sha = before;
    }
  }
  return undefined;
}

/** Removes a merge group: merged, made invalid by another, or taken out of the queue. */
export function destroyMergeGroup(
  world: World,
  repository: Repository,
  group: MergeGroup,
  reason: 'merged' | 'invalidated' | 'dequeued',
  sender: Account,
): void {
  repository.refs.delete(group.headRef);
  tell(world, repository, group, 'destroyed', sender.id, { reason });
}

function tell(
  world: World,
  repository: Repository,
  group: MergeGroup,
  action: string,
  senderId: number,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const commit = repository.store.commits.get(group.headSha);
  if (commit === undefined) throw new Error(`no commit ${group.headSha}`);
  const { headSha, headRef, baseSha, baseRef } = group;
  const merged = { head_sha: headSha, head_ref: headRef, base_sha: baseSha, base_ref: baseRef };
  const payload = { ...extra, merge_group: { ...merged, head_commit: renderSimpleCommit(commit) } };
  world.emit({ name: 'merge_group', action, repository, senderId, payload });
}
