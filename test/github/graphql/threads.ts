import { locateComment } from '../pull-request-diff.ts';
import { page, time } from '../render/common.ts';
import type { Repository, ReviewComment } from '../state.ts';
import { fullName, type World } from '../world.ts';
import type { Context } from './answer-graphql.ts';
import { type ConnectionArguments, connect, renderActor, viewerId } from './common.ts';
import { renderPullRequest } from './pull-request.ts';

/** A thread is named by its first comment. */
export function listThreads(repository: Repository, number: number): ReviewComment[] {
  return [...repository.reviewComments.values()].filter(
    (comment) => comment.issueNumber === number && comment.inReplyToId === undefined,
  );
}

/** The comments of the thread that a comment starts. */
export function listThreadComments(repository: Repository, root: ReviewComment): ReviewComment[] {
  return [...repository.reviewComments.values()].filter((one) => one.id === root.id || one.inReplyToId === root.id);
}

/** The node id of a thread, made known so that mutations find it. */
export function threadId(world: World, repository: Repository, root: ReviewComment): string {
  const nodeId = `PRRT_kwDO${Buffer.from(`Thread:${root.id}`).toString('base64url')}`;
  world.nodes.set(nodeId, { kind: 'Thread', id: root.id, repositoryId: repository.id });
  return nodeId;
}

export function renderThread(world: World, repository: Repository, root: ReviewComment) {
  const issue = repository.issues.get(root.issueNumber);
  if (issue?.pullRequest === undefined) throw new Error(`no pull request ${root.issueNumber}`);
  const standing = locateComment(world, repository, issue, root);
  return {
    __typename: 'PullRequestReviewThread',
    id: threadId(world, repository, root),
    isResolved: issue.pullRequest.resolvedThreads.has(root.id),
    isOutdated: root.subjectType === 'line' && standing.line === undefined,
    isCollapsed: issue.pullRequest.resolvedThreads.has(root.id),
    path: root.path,
    line: standing.line ?? null,
    startLine: standing.startLine ?? null,
    originalLine: root.originalLine ?? null,
    diffSide: root.side,
    subjectType: root.subjectType.toUpperCase(),
    viewerCanResolve: true,
    viewerCanUnresolve: true,
    pullRequest: () => renderPullRequest(world, repository, issue),
    comments: (args: ConnectionArguments) =>
      connect('comments', listThreadComments(repository, root), args, (one) => renderComment(world, repository, one)),
  };
}

export function renderComment(world: World, repository: Repository, comment: ReviewComment) {
  const issue = repository.issues.get(comment.issueNumber);
  const standing = issue === undefined ? {} : locateComment(world, repository, issue, comment);
  return {
    __typename: 'PullRequestReviewComment',
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    path: comment.path,
    line: standing.line ?? null,
    startLine: standing.startLine ?? null,
    originalLine: comment.originalLine ?? null,
    outdated: comment.subjectType === 'line' && standing.line === undefined,
    diffHunk: comment.diffHunk,
    subjectType: comment.subjectType.toUpperCase(),
    author: () => renderActor(world, comment.authorId),
    viewerDidAuthor: (_: unknown, context: Context) => viewerId(context) === comment.authorId,
    createdAt: time(comment.createdAt),
    updatedAt: time(comment.updatedAt),
    isMinimized: comment.minimised !== undefined,
    minimizedReason: comment.minimised ?? null,
    replyTo: () => {
      const root = repository.reviewComments.get(comment.inReplyToId ?? -1);
      return root === undefined ? null : renderComment(world, repository, root);
    },
    url: page(world, `/${fullName(world, repository)}/pull/${comment.issueNumber}#discussion_r${comment.id}`),
  };
}
