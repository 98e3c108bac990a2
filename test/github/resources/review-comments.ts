import { assertBody } from '../actions/comments.ts';
import type { PullRequestIssue } from '../actions/pull-requests.ts';
import { createReviewComment, type NewReviewComment, replyToReviewComment, tellOfComment } from '../actions/reviews.ts';
import { type Actor, accountOf, roleOf } from '../actor.ts';
import { findPullRequest } from '../render/pull-request.ts';
import { renderReviewComment } from '../render/review.ts';
import {
  created,
  NO_CONTENT,
  notAccessible,
  notFound,
  notImplemented,
  ok,
  type Reply,
  unprocessable,
} from '../reply.ts';
import { type Call, numberOf, paginate, type Route, reads, repositoryOf, writes } from '../route.ts';
import type { Repository, ReviewComment } from '../state.ts';
import type { World } from '../world.ts';

function issueOf(call: Call): PullRequestIssue {
  return findPullRequest(repositoryOf(call), numberOf(call, 'pull_number'));
}

function commentOf(call: Call): ReviewComment {
  const comment = repositoryOf(call).reviewComments.get(numberOf(call, 'comment_id'));
  if (comment === undefined) throw notFound();
  return comment;
}

function render(call: Call, comment: ReviewComment) {
  const issue = findPullRequest(repositoryOf(call), comment.issueNumber);
  return renderReviewComment(call.world, repositoryOf(call), issue, comment);
}

/** People with write access change anybody's comments, apps their own and others' alike where they may write. */
export function assertMayChange(world: World, repository: Repository, actor: Actor, authorId: number): void {
  if (actor.kind === 'installation' || (actor.kind === 'user' && actor.userId === authorId)) return;
  const role = actor.kind === 'user' ? roleOf(world, repository, actor.userId).permission : 'none';
  if (role !== 'write' && role !== 'maintain' && role !== 'admin') throw notAccessible();
}

function postComment(call: Call): Reply {
  const { commit_id, in_reply_to, ...wish } = call.body as unknown as NewReviewComment & {
    readonly commit_id: string;
    readonly in_reply_to?: number;
  };
  if (wish.position !== undefined)
    throw notImplemented('pulls/create-review-comment with position, which GitHub is closing down');
  const author = accountOf(call.actor);
  const parent = repositoryOf(call).reviewComments.get(in_reply_to ?? -1);
  if (in_reply_to !== undefined && parent === undefined)
    throw unprocessable('Unprocessable Entity', ['in_reply_to is invalid']);
  const comment =
    parent === undefined
      ? createReviewComment(call.world, repositoryOf(call), issueOf(call), author, commit_id, wish)
      : replyToReviewComment(call.world, repositoryOf(call), issueOf(call), author, parent, wish.body);
  return created(render(call, comment));
}

function postReply(call: Call): Reply {
  const { body } = call.body as { body: string };
  const comment = replyToReviewComment(
    call.world,
    repositoryOf(call),
    issueOf(call),
    accountOf(call.actor),
    commentOf(call),
    body,
  );
  return created(render(call, comment));
}

function updateComment(call: Call): Reply {
  const comment = commentOf(call);
  const { body } = call.body as { body: string };
  assertMayChange(call.world, repositoryOf(call), call.actor, comment.authorId);
  assertBody(body, 'PullRequestReviewComment');
  const from = comment.body;
  Object.assign(comment, { body, updatedAt: call.world.clock() });
  const issue = findPullRequest(repositoryOf(call), comment.issueNumber);
  const sender = accountOf(call.actor).accountId;
  tellOfComment(call.world, repositoryOf(call), issue, comment, 'edited', sender, { changes: { body: { from } } });
  return ok(render(call, comment));
}

function deleteComment(call: Call): Reply {
  const comment = commentOf(call);
  assertMayChange(call.world, repositoryOf(call), call.actor, comment.authorId);
  const issue = findPullRequest(repositoryOf(call), comment.issueNumber);
  repositoryOf(call).reviewComments.delete(comment.id);
  tellOfComment(call.world, repositoryOf(call), issue, comment, 'deleted', accountOf(call.actor).accountId);
  return NO_CONTENT;
}

function listComments(call: Call, comments: readonly ReviewComment[]): Reply {
  const { sort = 'created', direction = 'desc', since } = call.query;
  const key = sort === 'updated' ? 'updatedAt' : 'createdAt';
  const recent = comments.filter((comment) => since === undefined || comment.updatedAt >= Date.parse(since));
  // `direction` only counts beside `sort`; else oldest first.
  const sign = call.query.sort !== undefined && direction === 'desc' ? -1 : 1;
  const sorted = [...recent].sort((a, b) => (a[key] - b[key] || a.id - b.id) * sign);
  return paginate(call, sorted, (comment) => render(call, comment));
}

export const reviewComments: readonly Route[] = [
  {
    operation: 'pulls/list-review-comments',
    needs: reads('pull_requests'),
    handle: (call) => {
      const { number } = issueOf(call);
      return listComments(
        call,
        [...repositoryOf(call).reviewComments.values()].filter((one) => one.issueNumber === number),
      );
    },
  },
  {
    operation: 'pulls/list-review-comments-for-repo',
    needs: reads('pull_requests'),
    handle: (call) => listComments(call, [...repositoryOf(call).reviewComments.values()]),
  },
  { operation: 'pulls/create-review-comment', needs: writes('pull_requests'), handle: postComment },
  { operation: 'pulls/create-reply-for-review-comment', needs: writes('pull_requests'), handle: postReply },
  {
    operation: 'pulls/get-review-comment',
    needs: reads('pull_requests'),
    handle: (call) => ok(render(call, commentOf(call))),
  },
  { operation: 'pulls/update-review-comment', needs: writes('pull_requests'), handle: updateComment },
  { operation: 'pulls/delete-review-comment', needs: writes('pull_requests'), handle: deleteComment },
];
