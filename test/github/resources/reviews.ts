import type { PullRequestIssue } from '../actions/pull-requests.ts';
import { createReview, type NewReviewComment, type ReviewEvent, tellOfReview } from '../actions/reviews.ts';
import { accountOf } from '../actor.ts';
import { findPullRequest } from '../render/pull-request.ts';
import { renderReview, renderReviewComment } from '../render/review.ts';
import { notFound, notImplemented, ok, Refusal, type Reply, unprocessable } from '../reply.ts';
import { type Call, numberOf, paginate, type Route, reads, repositoryOf, writes } from '../route.ts';
import type { Review } from '../state.ts';

function issueOf(call: Call): PullRequestIssue {
  return findPullRequest(repositoryOf(call), numberOf(call, 'pull_number'));
}

function reviewOf(call: Call): Review {
  const review = repositoryOf(call).reviews.get(numberOf(call, 'review_id'));
  if (review === undefined || review.issueNumber !== issueOf(call).number) throw notFound();
  return review;
}

function render(call: Call, review: Review): Reply {
  return ok(renderReview(call.world, repositoryOf(call), review));
}

function postReview(call: Call): Reply {
  const { body, event, commit_id, comments } = call.body as {
    body?: string;
    event?: ReviewEvent;
    commit_id?: string;
    comments?: NewReviewComment[];
  };
  if (comments?.some((comment) => comment.position !== undefined)) {
    throw notImplemented('pulls/create-review with position, which GitHub is closing down');
  }
  const review = createReview(call.world, repositoryOf(call), issueOf(call), accountOf(call.actor), {
    ...(body !== undefined && { body }),
    ...(event !== undefined && { event }),
    ...(commit_id !== undefined && { commitSha: commit_id }),
    ...(comments !== undefined && { comments }),
  });
  return render(call, review);
}

function updateReview(call: Call): Reply {
  const review = reviewOf(call);
  if (review.authorId !== accountOf(call.actor).accountId)
    throw new Refusal(403, 'Resource not accessible by integration');
  review.body = (call.body as { body: string }).body;
  call.world.changes.emit('change');
  return render(call, review);
}

function dismissReview(call: Call): Reply {
  const review = reviewOf(call);
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw unprocessable('Unprocessable Entity', ['Can not dismiss a commented pull request review']);
  }
  review.state = 'DISMISSED';
  tellOfReview(call.world, repositoryOf(call), issueOf(call), review, 'dismissed', accountOf(call.actor).accountId);
  return render(call, review);
}

function submitReview(call: Call): Reply {
  const review = reviewOf(call);
  const { event, body } = call.body as { event: ReviewEvent; body?: string };
  if (review.state !== 'PENDING') throw unprocessable('Unprocessable Entity', ['Can not submit a submitted review']);
  review.state = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' }[
    event
  ] as Review['state'];
  review.submittedAt = call.world.clock();
  if (body !== undefined) review.body = body;
  tellOfReview(call.world, repositoryOf(call), issueOf(call), review, 'submitted', accountOf(call.actor).accountId);
  return render(call, review);
}

/** Comments of one review. The description has them without the new anchors where GitHub sends both. */
function listComments(call: Call): Reply {
  const review = reviewOf(call);
  const comments = [...repositoryOf(call).reviewComments.values()].filter((comment) => comment.reviewId === review.id);
  return paginate(call, comments, (one) => renderReviewComment(call.world, repositoryOf(call), issueOf(call), one));
}

export const reviews: readonly Route[] = [
  {
    operation: 'pulls/list-reviews',
    needs: reads('pull_requests'),
    handle: (call) => {
      const { number } = issueOf(call);
      const own = [...repositoryOf(call).reviews.values()].filter((review) => review.issueNumber === number);
      return paginate(call, own, (review) => renderReview(call.world, repositoryOf(call), review));
    },
  },
  { operation: 'pulls/create-review', needs: writes('pull_requests'), handle: postReview },
  { operation: 'pulls/get-review', needs: reads('pull_requests'), handle: (call) => render(call, reviewOf(call)) },
  { operation: 'pulls/update-review', needs: writes('pull_requests'), handle: updateReview },
  { operation: 'pulls/dismiss-review', needs: writes('pull_requests'), handle: dismissReview },
  { operation: 'pulls/submit-review', needs: writes('pull_requests'), handle: submitReview },
  { operation: 'pulls/list-comments-for-review', needs: reads('pull_requests'), handle: listComments },
];
