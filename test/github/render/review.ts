import { locateComment } from '../pull-request-diff.ts';
import type { Issue, Repository, Review, ReviewComment } from '../state.ts';
import { fullName, type World } from '../world.ts';
import { renderAccount } from './account.ts';
import { api, page, time } from './common.ts';
import { authorAssociation, renderReactionCounts } from './issue.ts';

export function renderReview(world: World, repository: Repository, review: Review) {
  const name = fullName(world, repository);
  const html = page(world, `/${name}/pull/${review.issueNumber}#pullrequestreview-${review.id}`);
  const pull = api(world, `/repos/${name}/pulls/${review.issueNumber}`);
  return {
    id: review.id,
    node_id: review.nodeId,
    user: renderAccount(world, review.authorId),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: authorAssociation(world, repository, review.authorId),
    _links: { html: { href: html }, pull_request: { href: pull } },
    ...(review.submittedAt !== null && { submitted_at: time(review.submittedAt) }),
    commit_id: review.commitSha,
  };
}

/** A review comment; `line` and `position` are null once the line has gone from the diff. */
export function renderReviewComment(world: World, repository: Repository, issue: Issue, comment: ReviewComment) {
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}/pulls/comments/${comment.id}`);
  const html = page(world, `/${name}/pull/${comment.issueNumber}#discussion_r${comment.id}`);
  const pull = api(world, `/repos/${name}/pulls/${comment.issueNumber}`);
  const standing = locateComment(world, repository, issue, comment);
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: comment.nodeId,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: issue.pullRequest?.headSha ?? comment.originalCommitSha,
    original_commit_id: comment.originalCommitSha,
    user: renderAccount(world, comment.authorId),
    body: comment.body,
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    html_url: html,
    pull_request_url: pull,
    author_association: authorAssociation(world, repository, comment.authorId),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
    reactions: renderReactionCounts(url, comment.reactions),
    subject_type: comment.subjectType,
    ...(comment.inReplyToId !== undefined && { in_reply_to_id: comment.inReplyToId }),
    ...renderAnchor(comment, standing),
  };
}

function renderAnchor(comment: ReviewComment, standing: ReturnType<typeof locateComment>) {
  const originalPosition = comment.subjectType === 'file' ? 1 : comment.diffHunk.split('\n').length - 1;
  return {
    start_line: standing.startLine ?? null,
    original_start_line: comment.originalStartLine ?? null,
    start_side: comment.originalStartLine === undefined ? null : (comment.startSide ?? comment.side),
    line: standing.line ?? null,
    original_line: comment.originalLine ?? null,
    side: comment.side,
    position: comment.subjectType === 'file' ? 1 : (standing.position ?? null),
    original_position: originalPosition,
  };
}
