import { findAnchor } from '../git/anchor.ts';
import { baseTip, compareCommits, listPullRequestCommits } from '../pull-request-diff.ts';
import { renderPullRequest } from '../render/pull-request.ts';
import { renderReview, renderReviewComment } from '../render/review.ts';
import { unprocessable } from '../reply.ts';
import type { Repository, Review, ReviewComment, Side } from '../state.ts';
import { nextIdentity, type World } from '../world.ts';
import { type Author, assertBody } from './comments.ts';
import type { PullRequestIssue } from './pull-requests.ts';

/** A comment as a review brings it; lines are 1-based, the side is the new file unless told otherwise. */
export interface NewReviewComment {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: Side;
  readonly start_line?: number;
  readonly start_side?: Side;
  readonly position?: number;
  readonly subject_type?: 'line' | 'file';
}

type Anchor = Pick<
  ReviewComment,
  'path' | 'subjectType' | 'originalLine' | 'originalStartLine' | 'side' | 'startSide' | 'diffHunk'
>;

const STATES = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

export type ReviewEvent = keyof typeof STATES;

/** Posts a review with its comments, all or nothing: one comment outside the diff refuses the whole with 422. */
export function createReview(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  author: Author,
  wish: {
    readonly body?: string;
    readonly event?: ReviewEvent;
    readonly commitSha?: string;
    readonly comments?: readonly NewReviewComment[];
  },
): Review {
  const commitSha = wish.commitSha ?? issue.pullRequest.headSha;
  assertReviewable(repository, issue, author, wish.event, commitSha);
  if (wish.event === 'COMMENT' && (wish.body ?? '') === '' && (wish.comments ?? []).length === 0) {
    throw unprocessable('Unprocessable Entity', ["Body can't be blank"]);
  }
  const anchors = (wish.comments ?? []).map((comment) => {
    assertBody(comment.body, 'PullRequestReviewComment');
    return { anchor: anchorComment(world, repository, issue, commitSha, comment), body: comment.body };
  });
  const review = addReview(world, repository, issue, author, commitSha, wish.body ?? '', wish.event);
  for (const { anchor, body } of anchors) addComment(world, repository, issue, review, author, anchor, body);
  if (wish.event !== undefined) tellOfReview(world, repository, issue, review, 'submitted', author.accountId);
  return review;
}

function assertReviewable(
  repository: Repository,
  issue: PullRequestIssue,
  author: Author,
  event: ReviewEvent | undefined,
  commitSha: string,
): void {
  if (!listPullRequestCommits(repository, issue.pullRequest).some((commit) => commit.sha === commitSha)) {
    throw unprocessable('Unprocessable Entity', ['commit_id is not part of the pull request']);
  }
  const own = issue.authorId === author.accountId;
  if (own && event === 'APPROVE')
    throw unprocessable('Unprocessable Entity', ['Can not approve your own pull request']);
  if (own && event === 'REQUEST_CHANGES')
    throw unprocessable('Unprocessable Entity', ['Can not request changes on your own pull request']);
}

function addReview(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  author: Author,
  commitSha: string,
  body: string,
  event: ReviewEvent | undefined,
): Review {
  const review: Review = {
    ...nextIdentity(world, 'Review', 'PRR', repository.id),
    issueNumber: issue.number,
    authorId: author.accountId,
    body,
    state: event === undefined ? 'PENDING' : STATES[event],
    commitSha,
    submittedAt: event === undefined ? null : world.clock(),
  };
  repository.reviews.set(review.id, review);
  return review;
}

/** A single comment outside a review; GitHub wraps it in one of its own. */
export function createReviewComment(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  author: Author,
  commitSha: string,
  wish: NewReviewComment,
): ReviewComment {
  assertBody(wish.body, 'PullRequestReviewComment');
  assertReviewable(repository, issue, author, 'COMMENT', commitSha);
  const anchor = anchorComment(world, repository, issue, commitSha, wish);
  const review = addReview(world, repository, issue, author, commitSha, '', 'COMMENT');
  const comment = addComment(world, repository, issue, review, author, anchor, wish.body);
  tellOfReview(world, repository, issue, review, 'submitted', author.accountId);
  return comment;
}

/** An answer in a thread; it takes the anchor of the thread's first comment. */
export function replyToReviewComment(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  author: Author,
  parent: ReviewComment,
  body: string,
): ReviewComment {
  assertBody(body, 'PullRequestReviewComment');
  const root = repository.reviewComments.get(parent.inReplyToId ?? -1) ?? parent;
  const review = addReview(world, repository, issue, author, issue.pullRequest.headSha, '', 'COMMENT');
  const comment = addComment(world, repository, issue, review, author, { ...root }, body, root.id);
  tellOfReview(world, repository, issue, review, 'submitted', author.accountId);
  return comment;
}

function addComment(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  review: Review,
  author: Author,
  anchor: Anchor,
  body: string,
  inReplyToId?: number,
): ReviewComment {
  const { path, subjectType, originalLine, originalStartLine, side, startSide, diffHunk } = anchor;
  const comment: ReviewComment = {
    ...nextIdentity(world, 'ReviewComment', 'PRRC', repository.id),
    issueNumber: issue.number,
    reviewId: review.id,
    authorId: author.accountId,
    ...(author.viaAppId !== undefined && { viaAppId: author.viaAppId }),
    body,
    createdAt: world.clock(),
    updatedAt: world.clock(),
    reactions: new Map(),
    originalCommitSha: review.commitSha,
    path,
    subjectType,
    side,
    diffHunk,
    ...(originalLine !== undefined && { originalLine }),
    ...(originalStartLine !== undefined && { originalStartLine }),
    ...(startSide !== undefined && { startSide }),
    ...(inReplyToId !== undefined && { inReplyToId }),
  };
  repository.reviewComments.set(comment.id, comment);
  tellOfComment(world, repository, issue, comment, 'created', author.accountId);
  return comment;
}

/** Checks that a comment lies in the pull request's diff, as GitHub does, and says where. Throws 422. */
function anchorComment(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  commitSha: string,
  wish: NewReviewComment,
): Anchor {
  const files = compareCommits(world, repository, baseTip(repository, issue.pullRequest), commitSha);
  const file = files.find((one) => one.path === wish.path);
  if (file === undefined) throw outside('Path could not be resolved');
  const side = wish.side ?? 'RIGHT';
  if (wish.subject_type === 'file') return { path: wish.path, subjectType: 'file', side, diffHunk: '' };
  if (wish.line === undefined) throw outside('Line could not be resolved');
  const anchor = file.patch === undefined ? undefined : findAnchor(file.patch, side, wish.line);
  if (anchor === undefined) throw outside('Line could not be resolved');
  const common = {
    path: wish.path,
    subjectType: 'line',
    originalLine: wish.line,
    side,
    diffHunk: anchor.diffHunk,
  } as const;
  if (wish.start_line === undefined) return common;
  const startSide = wish.start_side ?? side;
  const start = findAnchor(file.patch ?? '', startSide, wish.start_line);
  if (start === undefined || start.hunk !== anchor.hunk)
    throw outside('Start line must be part of the same hunk as the line.');
  if (start.position >= anchor.position) throw outside('Start line must precede the end line.');
  return { ...common, originalStartLine: wish.start_line, startSide };
}

function outside(message: string) {
  return unprocessable('Unprocessable Entity', [message]);
}

export function tellOfReview(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  review: Review,
  action: 'submitted' | 'dismissed',
  senderId: number,
): void {
  const rendered = renderReview(world, repository, review);
  const payload = {
    review: { ...rendered, state: review.state.toLowerCase(), body: review.body === '' ? null : review.body },
    pull_request: renderPullRequest(world, repository, issue),
  };
  world.emit({ name: 'pull_request_review', action, repository, senderId, payload });
  world.changes.emit('change');
}

export function tellOfComment(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  comment: ReviewComment,
  action: 'created' | 'edited' | 'deleted',
  senderId: number,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const payload = {
    ...extra,
    comment: renderReviewComment(world, repository, issue, comment),
    pull_request: renderPullRequest(world, repository, issue),
  };
  world.emit({ name: 'pull_request_review_comment', action, repository, senderId, payload });
  world.changes.emit('change');
}
