import { groupOf } from '../actions/merge-groups.ts';
import { listChangedFiles, listPullRequestCommits } from '../pull-request-diff.ts';
import { page, time, timeOrNull } from '../render/common.ts';
import type { Issue, IssueComment, PullRequest, Repository } from '../state.ts';
import { fullName, getRepository, type World } from '../world.ts';
import type { Context } from './answer-graphql.ts';
import { type ConnectionArguments, connect, renderActor, viewerId } from './common.ts';
import { renderObject } from './git.ts';
import { renderRepository } from './repository.ts';
import { listThreads, renderThread } from './threads.ts';

/** A branch as a `Ref`; null where it is gone. */
export function renderRef(world: World, repository: Repository, name: string) {
  const sha = repository.refs.get(name);
  if (sha === undefined) return null;
  const [, prefix = '', short = ''] = /^(refs\/[^/]+\/)(.*)$/.exec(name) ?? [];
  return {
    __typename: 'Ref',
    id: `REF_${btoa(name)}`,
    name: short,
    prefix,
    target: () => renderObject(world, repository, sha),
  };
}

export function renderPullRequest(world: World, repository: Repository, issue: Issue) {
  const pull = issue.pullRequest as PullRequest;
  const path = `/${fullName(world, repository)}/pull/${issue.number}`;
  const headRepository = getRepository(world, pull.headRepositoryId);
  return {
    __typename: 'PullRequest',
    id: pull.nodeId,
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    state: pull.mergedAt !== null ? 'MERGED' : issue.state.toUpperCase(),
    closed: issue.state === 'closed',
    merged: pull.mergedAt !== null,
    mergedAt: timeOrNull(pull.mergedAt),
    isDraft: pull.draft,
    isCrossRepository: pull.headRepositoryId !== repository.id,
    createdAt: time(issue.createdAt),
    updatedAt: time(issue.updatedAt),
    resourcePath: path,
    url: page(world, path),
    author: () => renderActor(world, issue.authorId),
    repository: () => renderRepository(world, repository),
    headRepository: () => renderRepository(world, headRepository),
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    headRef: () => renderRef(world, headRepository, `refs/heads/${pull.headRef}`),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    baseRef: () => renderRef(world, repository, `refs/heads/${pull.baseRef}`),
    mergeQueueEntry: () => renderQueueEntry(world, repository, pull),
    changedFiles: () => listChangedFiles(world, repository, pull).length,
    additions: () => listChangedFiles(world, repository, pull).reduce((sum, file) => sum + file.additions, 0),
    deletions: () => listChangedFiles(world, repository, pull).reduce((sum, file) => sum + file.deletions, 0),
    commits: (args: ConnectionArguments) =>
      connect('commits', listPullRequestCommits(repository, pull), args, (commit) => ({
        __typename: 'PullRequestCommit',
        id: `PRC_${commit.sha}`,
        commit: () => renderObject(world, repository, commit.sha),
      })),
    reviewThreads: (args: ConnectionArguments) =>
      connect('reviewThreads', listThreads(repository, issue.number), args, (thread) =>
        renderThread(world, repository, thread),
      ),
    comments: (args: ConnectionArguments) => {
      const own = [...repository.issueComments.values()].filter((comment) => comment.issueNumber === issue.number);
      return connect('comments', own, args, (comment) => renderIssueComment(world, repository, comment));
    },
  };
}

/** Its place in a merge group; null where it is in none. */
function renderQueueEntry(world: World, repository: Repository, pull: PullRequest) {
  const group = groupOf(repository, pull.headSha);
  if (group === undefined) return null;
  return {
    __typename: 'MergeQueueEntry',
    id: `MQE_${pull.nodeId}`,
    state: 'AWAITING_CHECKS',
    headCommit: () => renderObject(world, repository, group.headSha),
    baseCommit: () => renderObject(world, repository, group.baseSha),
  };
}

export function renderIssueComment(world: World, repository: Repository, comment: IssueComment) {
  return {
    __typename: 'IssueComment',
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    author: () => renderActor(world, comment.authorId),
    createdAt: time(comment.createdAt),
    updatedAt: time(comment.updatedAt),
    isMinimized: comment.minimised !== undefined,
    minimizedReason: comment.minimised ?? null,
    viewerDidAuthor: (_: unknown, context: Context) => viewerId(context) === comment.authorId,
    url: page(world, `/${fullName(world, repository)}/pull/${comment.issueNumber}#issuecomment-${comment.id}`),
  };
}
