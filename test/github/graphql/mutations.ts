import { findPullRequest, renderPullRequest } from '../render/pull-request.ts';
import { renderReviewComment } from '../render/review.ts';
import { writes } from '../route.ts';
import type { Repository, ReviewComment } from '../state.ts';
import type { Context } from './answer-graphql.ts';
import { demand, missingNode, viewerId } from './common.ts';
import { renderIssueComment } from './pull-request.ts';
import { listThreadComments, renderComment, renderThread } from './threads.ts';

interface Input<T> {
  readonly input: T & { readonly clientMutationId?: string | null };
}

function findSubject(
  context: Context,
  id: string,
): { readonly repository: Repository; readonly id: number; readonly kind: string } {
  const reference = context.world.nodes.get(id);
  const repository = context.world.repositories.get(reference?.repositoryId ?? -1);
  if (reference === undefined || repository === undefined) {
    throw missingNode(`Could not resolve to a node with the global id of '${id}'`);
  }
  return { repository, id: reference.id, kind: reference.kind };
}

function setResolved(
  context: Context,
  { threadId, clientMutationId }: Input<{ readonly threadId: string }>['input'],
  resolved: boolean,
) {
  const { world } = context;
  const { repository, id, kind } = findSubject(context, threadId);
  const root = repository.reviewComments.get(id);
  if (kind !== 'Thread' || root === undefined)
    throw missingNode(`Could not resolve to PullRequestReviewThread node with the global id of '${threadId}'.`);
  demand(context, repository, writes('pull_requests'));
  const { resolvedThreads } = findPullRequest(repository, root.issueNumber).pullRequest;
  if (resolved) resolvedThreads.add(root.id);
  else resolvedThreads.delete(root.id);
  tell(context, repository, root, threadId, resolved);
  return { clientMutationId: clientMutationId ?? null, thread: renderThread(world, repository, root) };
}

function tell(context: Context, repository: Repository, root: ReviewComment, nodeId: string, resolved: boolean): void {
  const { world } = context;
  const issue = findPullRequest(repository, root.issueNumber);
  const comments = listThreadComments(repository, root).map((one) =>
    renderReviewComment(world, repository, issue, one),
  );
  world.emit({
    name: 'pull_request_review_thread',
    action: resolved ? 'resolved' : 'unresolved',
    repository,
    senderId: viewerId(context),
    payload: { thread: { node_id: nodeId, comments }, pull_request: renderPullRequest(world, repository, issue) },
  });
  world.changes.emit('change');
}

function setMinimised(context: Context, subjectId: string, classifier: string | undefined) {
  const { world } = context;
  const { repository, id } = findSubject(context, subjectId);
  const comment = repository.issueComments.get(id);
  const reviewComment = repository.reviewComments.get(id);
  const subject = comment ?? reviewComment;
  if (subject === undefined)
    throw missingNode(`Could not resolve to Minimizable node with the global id of '${subjectId}'.`);
  demand(context, repository, writes('pull_requests'));
  if (classifier === undefined) delete subject.minimised;
  else subject.minimised = classifier.toLowerCase();
  world.changes.emit('change');
  if (comment !== undefined) return renderIssueComment(world, repository, comment);
  return reviewComment === undefined ? null : renderComment(world, repository, reviewComment);
}

/** The root fields of mutations. GitHub does not document which permissions they need; here: `pull_requests: write`. */
export const mutations = {
  resolveReviewThread: ({ input }: Input<{ readonly threadId: string }>, context: Context) =>
    setResolved(context, input, true),
  unresolveReviewThread: ({ input }: Input<{ readonly threadId: string }>, context: Context) =>
    setResolved(context, input, false),
  minimizeComment: (
    { input }: Input<{ readonly subjectId: string; readonly classifier: string }>,
    context: Context,
  ) => ({
    clientMutationId: input.clientMutationId ?? null,
    minimizedComment: setMinimised(context, input.subjectId, input.classifier),
  }),
  unminimizeComment: ({ input }: Input<{ readonly subjectId: string }>, context: Context) => ({
    clientMutationId: input.clientMutationId ?? null,
    unminimizedComment: setMinimised(context, input.subjectId, undefined),
  }),
};
