import type { ReviewCommentReport } from '../report/report.ts';
import type { FileChange } from '../review/repository-state.ts';
import { type Anchor, anchorOf } from './anchor.ts';
import { digestOf, markComment, readMark, withoutMark } from './comment-marker.ts';
import { isGitHubError } from './github-error.ts';
import type { ThreadSeen } from './pull-request-state.ts';

/** A comment on lines of the new side. */
export interface LineComment {
  readonly path: string;
  readonly line: number;
  readonly startLine?: number;
  readonly body: string;
}

export interface CommentWrites {
  createReview(headSha: string, body: string, comments: readonly LineComment[]): Promise<void>;
  createFileComment(headSha: string, path: string, body: string): Promise<void>;
  updateReviewComment(id: number, body: string): Promise<void>;
  resolveThread(id: string): Promise<void>;
  unresolveThread(id: string): Promise<void>;
}

export interface CommentsToPublish {
  readonly headSha: string;
  readonly wanted: readonly ReviewCommentReport[];
  /** Fingerprints of all findings that still stand, also of those that get no comment. */
  readonly standing: ReadonlySet<string>;
  readonly changes: readonly FileChange[];
  readonly threads: readonly ThreadSeen[];
  /** Threads that we have resolved ourselves, or were about to; only those are opened again. */
  readonly resolvedByUs: ReadonlySet<string>;
  /** Keeps what `resolvedByUs` will be, before it is: GitHub may do what it answers with an error. */
  readonly remember: (resolvedByUs: readonly string[]) => Promise<void>;
  /** Ids of comments that somebody has edited. */
  readonly rewritten: ReadonlySet<number>;
  /** Make do with less where GitHub refuses, instead of failing so that the whole is tried again. */
  readonly isLastTry: boolean;
}

/** What came of it. */
export interface CommentsPublished {
  readonly resolvedByUs: ReadonlySet<string>;
  /** GitHub does not let us write comments here (locked, no permission). */
  readonly refused: boolean;
}

/** A pull request gets so many at a time; the check run has the rest. One review takes them all. */
const MAX_COMMENTS = 50;

/**
 * Makes the comments on a pull request match: new ones in one review, changed ones edited in place, threads of fixed findings
 * resolved unless somebody else wrote in them. A thread is ours if GitHub says that we wrote its first comment; its mark then
 * says for which finding. Writes nothing where nothing differs. Where GitHub forbids comments, the check run has to do.
 */
export async function publishComments(writes: CommentWrites, given: CommentsToPublish): Promise<CommentsPublished> {
  const threads = ownThreads(given.threads);
  const resolved = new Set(threads.flatMap(({ thread }) => (isResolvedByUs(thread, given) ? [thread.id] : [])));
  try {
    await postNew(writes, given, new Set(threads.map(({ fingerprint }) => fingerprint)));
    await bringUpToDate(writes, given, threads, resolved);
    await resolveFixed(writes, given, threads, resolved);
    return { resolvedByUs: resolved, refused: false };
  } catch (error) {
    if (!given.isLastTry || !isGitHubError(error, 'forbidden')) throw error;
    return { resolvedByUs: resolved, refused: true };
  }
}

/** One that is open again, whoever opened it, is no longer ours to open. */
function isResolvedByUs({ id, resolved }: ThreadSeen, { resolvedByUs }: CommentsToPublish): boolean {
  return resolved && resolvedByUs.has(id);
}

interface OwnThread {
  readonly thread: ThreadSeen;
  readonly fingerprint: string;
  readonly digest: string;
  readonly commentId: number;
  /** Without its mark. */
  readonly body: string;
  readonly hasReplies: boolean;
}

function ownThreads(threads: readonly ThreadSeen[]): readonly OwnThread[] {
  return threads.flatMap((thread) => {
    const [first] = thread.comments;
    const mark = first?.own ? readMark(first.body) : undefined;
    if (!first || !mark) return [];
    const own = thread.comments.filter((comment) => comment.own).length;
    const body = withoutMark(first.body);
    return [{ thread, ...mark, commentId: first.id, body, hasReplies: own < thread.commentCount }];
  });
}

async function postNew(writes: CommentWrites, given: CommentsToPublish, posted: ReadonlySet<string>): Promise<void> {
  const changes = new Map(given.changes.map((change) => [change.path, change]));
  const missing = given.wanted.filter(({ fingerprint }) => !posted.has(fingerprint));
  // What stands already counts, so that a try after one that was told nothing of its success adds none.
  const room = Math.max(0, MAX_COMMENTS - (given.wanted.length - missing.length));
  const fresh = missing.slice(0, room).map((comment) => ({ comment, anchor: anchorOf(comment, changes) }));
  const onLines = fresh.flatMap(({ comment, anchor }) =>
    anchor.kind === 'line' ? [lineComment(comment, anchor)] : [],
  );
  await postReview(writes, given, onLines);
  for (const { comment, anchor } of fresh) {
    if (anchor.kind === 'file') await postFileComment(writes, given, comment.path, marked(comment));
  }
}

function lineComment(comment: ReviewCommentReport, anchor: Anchor & { kind: 'line' }): LineComment {
  const { kind: _, ...lines } = anchor;
  return { path: comment.path, ...lines, body: marked(comment) };
}

function marked({ body, fingerprint }: ReviewCommentReport): string {
  return markComment(body, fingerprint);
}

/**
 * Posts comments as one review. GitHub refuses it as a whole for one anchor that it does not like; when it still does on another
 * try, halving finds that one, which becomes a comment on its file.
 */
async function postReview(
  writes: CommentWrites,
  given: Pick<CommentsToPublish, 'headSha' | 'isLastTry'>,
  comments: readonly LineComment[],
): Promise<void> {
  const [only] = comments;
  if (!only) return;
  try {
    await writes.createReview(given.headSha, reviewBody(comments.length), comments);
  } catch (error) {
    if (!given.isLastTry || !isGitHubError(error, 'refused')) throw error;
    if (comments.length === 1) return postFileComment(writes, given, only.path, only.body);
    const half = Math.ceil(comments.length / 2);
    await postReview(writes, given, comments.slice(0, half));
    await postReview(writes, given, comments.slice(half));
  }
}

function reviewBody(count: number): string {
  const findings = count === 1 ? 'One new finding' : `${count} new findings`;
  return `${findings} on changed lines. The check run \`Sightline\` has all findings, with the ways out.`;
}

async function postFileComment(
  writes: CommentWrites,
  { headSha, isLastTry }: Pick<CommentsToPublish, 'headSha' | 'isLastTry'>,
  path: string,
  body: string,
): Promise<void> {
  try {
    await writes.createFileComment(headSha, path, body);
  } catch (error) {
    // Not even the file: the check run has the finding.
    if (!isLastTry || !isGitHubError(error, 'refused')) throw error;
  }
}

async function bringUpToDate(
  writes: CommentWrites,
  given: CommentsToPublish,
  threads: readonly OwnThread[],
  resolved: Set<string>,
): Promise<void> {
  const byFingerprint = new Map(given.wanted.map((comment) => [comment.fingerprint, comment]));
  for (const { thread, fingerprint, digest, commentId } of threads) {
    const comment = byFingerprint.get(fingerprint);
    if (!comment) continue;
    if (digest !== digestOf(comment.body) || given.rewritten.has(commentId))
      await unlessGone(given, writes.updateReviewComment(commentId, marked(comment)));
    if (!resolved.has(thread.id)) continue;
    await unlessGone(given, writes.unresolveThread(thread.id));
    resolved.delete(thread.id);
  }
}

async function resolveFixed(
  writes: CommentWrites,
  given: CommentsToPublish,
  threads: readonly OwnThread[],
  resolved: Set<string>,
): Promise<void> {
  const fixed = threads.filter(
    ({ thread, fingerprint, hasReplies, body }) =>
      !thread.resolved && !hasReplies && !given.standing.has(fingerprint) && !body.includes(NO_LONGER_FOUND),
  );
  if (fixed.length > 0) await given.remember([...resolved, ...fixed.map(({ thread }) => thread.id)].sort());
  for (const own of fixed) {
    if (await resolveOrSay(writes, given, own)) resolved.add(own.thread.id);
  }
}

const NO_LONGER_FOUND = '**No longer found** in this pull request; this thread can be resolved.';

/**
 * Resolves a thread; where that takes more than our permissions, which GitHub does not document, the comment says so itself.
 * @returns whether it was resolved
 */
async function resolveOrSay(
  writes: CommentWrites,
  given: CommentsToPublish,
  { thread, commentId, body, fingerprint }: OwnThread,
): Promise<boolean> {
  try {
    await unlessGone(given, writes.resolveThread(thread.id));
    return true;
  } catch (error) {
    if (!given.isLastTry || !isGitHubError(error, 'forbidden')) throw error;
    await unlessGone(
      given,
      writes.updateReviewComment(commentId, markComment(`${NO_LONGER_FOUND}\n\n${body}`, fingerprint)),
    );
    return false;
  }
}

/** A thread that somebody deletes meanwhile needs nothing more; that it is gone is believed at the last try. */
async function unlessGone({ isLastTry }: CommentsToPublish, written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!isLastTry || !isGitHubError(error, 'gone')) throw error;
  }
}
