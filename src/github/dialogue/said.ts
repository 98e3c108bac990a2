import type { CommentReference } from '../../override/override.ts';
import { type ParsedLine, parseCommands } from '../../override/parse-command.ts';
import type { Hint, Job } from '../../store/ports.ts';
import { GitHubError, isGitHubError } from '../github-error.ts';
import type { Octokit } from '../octokit.ts';
import { isOutOfPatience } from '../patience.ts';
import { bodyHash } from '../payload.ts';
import type { RepositoryAddress } from '../read-state.ts';
import type { Account } from './people.ts';

/** A comment with commands, as GitHub has it now. */
export interface SaidComment {
  readonly kind: 'issue_comment' | 'review_comment';
  readonly comment: CommentReference;
  readonly by: Account;
  readonly url: string;
  /** The first line with a command, to be shown again; hostile text. */
  readonly excerpt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly lines: readonly ParsedLine[];
}

/** What people did, according to the hints of a job, after a look at what is really there. */
export interface Said {
  readonly comments: readonly SaidComment[];
  readonly buttons: readonly { readonly identifier: string; readonly actorId: number; readonly hintId: number }[];
  /** Comments that are no longer as they were written. */
  readonly changed: ReadonlyMap<number, 'comment_edited' | 'comment_deleted'>;
}

type CommentHint = Extract<Hint, { readonly commentId: number }>;

/**
 * Looks up what a job's hints point to. A command counts only while its comment is as it was created: writers may edit other
 * people's comments, and an event may come late. Bots are not listened to.
 */
export async function readSaid(
  octokit: Octokit,
  address: RepositoryAddress,
  job: Pick<Job, 'hints' | 'attempts'>,
): Promise<Said> {
  const { hints } = job;
  const changed = new Map<number, 'comment_edited' | 'comment_deleted'>();
  const comments: SaidComment[] = [];
  const buttons = hints.flatMap((hint) =>
    hint.kind === 'requested_action' ? [{ identifier: hint.identifier, actorId: hint.actorId, hintId: hint.id }] : [],
  );
  const ofComments = hints.filter((hint): hint is typeof hint & CommentHint => 'commentId' in hint);
  for (const { action, commentId } of ofComments) if (action !== 'created') changed.set(commentId, `comment_${action}`);
  for (const hint of ofComments) {
    if (changed.has(hint.commentId)) continue;
    const said = await readComment(octokit, address, hint, job);
    if (typeof said === 'string') changed.set(hint.commentId, said);
    else if (said && said.lines.length > 0) comments.push(said);
  }
  return { comments, buttons, changed };
}

/** Whether somebody asked for a new evaluation. */
export function asksForRecheck({ comments, buttons }: Said): boolean {
  const isRecheck = (line: ParsedLine) => 'name' in line && line.name === 'recheck';
  return (
    buttons.some(({ identifier }) => identifier === 'recheck') || comments.some(({ lines }) => lines.some(isRecheck))
  );
}

/** What became of a comment that decisions rest on; undefined where it is unchanged. */
export async function changeOf(
  octokit: Octokit,
  address: RepositoryAddress,
  comment: CommentReference,
  job: Pick<Job, 'attempts'>,
): Promise<'comment_edited' | 'comment_deleted' | undefined> {
  const kinds = ['issue_comment', 'review_comment'] as const;
  for (const kind of kinds) {
    const found = await getComment(octokit, address, kind, comment.id);
    if (found) return bodyHash(found.body) === comment.hash ? undefined : 'comment_edited';
  }
  return deleted(job);
}

/** GitHub may not find for a moment what is there: only a comment that stays missing was deleted. */
function deleted(job: Pick<Job, 'attempts'>): 'comment_deleted' {
  if (isOutOfPatience(job)) return 'comment_deleted';
  throw new GitHubError(
    'unavailable',
    'GitHub does not find a comment; it is asked again before it counts as deleted.',
  );
}

async function readComment(
  octokit: Octokit,
  address: RepositoryAddress,
  hint: CommentHint,
  job: Pick<Job, 'attempts'>,
): Promise<SaidComment | 'comment_edited' | 'comment_deleted' | undefined> {
  const found = await getComment(octokit, address, hint.kind, hint.commentId);
  if (!found) return deleted(job);
  const hash = bodyHash(found.body);
  if (hash !== hint.bodyHash) return 'comment_edited';
  if (!found.by || found.by.isBot) return undefined;
  const lines = parseCommands(found.body);
  const first = found.body.split(/\r\n|\n|\r/)[(lines[0]?.line ?? 1) - 1] ?? '';
  const { by, url, at } = found;
  return { kind: hint.kind, comment: { id: hint.commentId, hash }, by, url, excerpt: first.trim(), at, lines };
}

interface FoundComment {
  readonly body: string;
  readonly by: Account | undefined;
  readonly url: string;
  readonly at: number;
}

async function getComment(
  octokit: Octokit,
  { owner, name }: RepositoryAddress,
  kind: CommentHint['kind'],
  id: number,
): Promise<FoundComment | undefined> {
  const which = { owner, repo: name, comment_id: id };
  try {
    const { data } =
      kind === 'issue_comment'
        ? await octokit.rest.issues.getComment(which)
        : await octokit.rest.pulls.getReviewComment(which);
    const { user } = data;
    // What an app writes in somebody's name is the app's word.
    const isApps = 'performed_via_github_app' in data && Boolean(data.performed_via_github_app);
    return {
      body: data.body ?? '',
      by: user ? { id: user.id, login: user.login, isBot: user.type === 'Bot' || isApps } : undefined,
      url: data.html_url,
      at: Date.parse(data.created_at),
    };
  } catch (error) {
    if (isGitHubError(error, 'gone')) return undefined;
    throw error;
  }
}
