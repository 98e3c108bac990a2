import { createHash } from 'node:crypto';
import { findingExplanation } from '../../report/finding-explanation.ts';
import { blocks, type Markdown } from '../../report/markdown.ts';
import { type Reply, reactionOf } from '../../report/override-answers.ts';
import { type Exchange, OVERRIDE_COMMENT_MARKER, overrideComment } from '../../report/override-comment.ts';
import { isGitHubError } from '../github-error.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import { isOutOfPatience } from '../patience.ts';
import { reportContext } from '../report-context.ts';
import type { Answered } from './answer-commands.ts';
import { exchangesOf, type StoredExchange } from './exchanges.ts';
import type { OverrideBook } from './override-book.ts';

/** Answers that stay in the comment; older ones are in the ledger. */
const SHOWN_EXCHANGES = 20;

/** Worst first: of several answers the reaction tells the one that needs attention. */
const REACTIONS = ['-1', 'confused', 'eyes', '+1'] as const;

/**
 * Marks answered comments with a reaction, and brings the one comment of the dialogue up to date.
 * @param changed ids of comments that somebody has edited or deleted: ours is then written again
 */
export async function publishDialogue(
  open: OpenPullRequest,
  book: OverrideBook,
  answered: readonly Answered[],
  changed: ReadonlySet<number>,
): Promise<void> {
  await publishComment(open, book, changed);
  for (const { said, replies } of answered) await react(open, said, replies);
}

async function react(open: OpenPullRequest, said: Answered['said'], replies: readonly Reply[]): Promise<void> {
  const { owner, name } = open.state.repository;
  const found = new Set(replies.map(reactionOf));
  const content = REACTIONS.find((reaction) => found.has(reaction));
  if (!content) return;
  const reaction = { owner, repo: name, comment_id: said.comment.id, content };
  const { reactions } = open.octokit.rest;
  try {
    if (said.kind === 'issue_comment') await reactions.createForIssueComment(reaction);
    else await reactions.createForPullRequestReviewComment(reaction);
  } catch (error) {
    // The comment may be deleted by now; the answer stands all the same.
    if (!isOutOfPatience(open.job) || !isGitHubError(error, 'gone', 'refused')) throw error;
  }
}

interface StoredComment {
  readonly id: number;
  readonly digest: string;
}

async function publishComment(open: OpenPullRequest, book: OverrideBook, changed: ReadonlySet<number>): Promise<void> {
  const { deps, state, subject } = open;
  const of = { repositoryId: subject.repositoryId, pullRequest: state.number };
  const overrides = book.all().flatMap(({ override }) => (override.pullRequest === state.number ? [override] : []));
  const exchanges = [...(await exchangesOf(deps.state, of.repositoryId, of.pullRequest)).values()];
  if (overrides.length + exchanges.length === 0) return;
  const last = exchanges.slice(-SHOWN_EXCHANGES);
  // Of what it is made from, not of the text: that counts the days, and nobody needs to hear of each.
  const digest = createHash('sha256')
    .update(JSON.stringify([overrides, last]))
    .digest('hex')
    .slice(0, 16);
  const key = { kind: 'dialogue_comment', ...of, name: '' };
  const record = await deps.state.read(key);
  const stored = record?.value as StoredComment | undefined;
  if (stored?.digest === digest && !changed.has(stored.id)) return;
  const body = overrideComment(overrides, last.map(shown(open)), deps.now());
  const id = await writeComment(open, body, stored?.id);
  await deps.state.write(key, { version: record?.version ?? 0, value: { id, digest }, now: deps.now() });
}

/**
 * Edits the comment; where it is not known, looks for it, and makes it where there is none. Returns its id. One that GitHub does not
 * find, but lists, is tried again later: another one beside it would say everything twice.
 */
async function writeComment(open: OpenPullRequest, body: string, known: number | undefined): Promise<number> {
  const { octokit, state } = open;
  const { owner, name } = state.repository;
  const id = known ?? (await findComment(open));
  if (id !== undefined) {
    try {
      await octokit.rest.issues.updateComment({ owner, repo: name, comment_id: id, body });
      return id;
    } catch (error) {
      if (!isGitHubError(error, 'gone') || (await findComment(open)) === id) throw error;
    }
  }
  const created = await octokit.rest.issues.createComment({ owner, repo: name, issue_number: state.number, body });
  return created.data.id;
}

const PER_PAGE = 100;
const MAX_PAGES = 10;

/** A try that was stopped right after it posted the comment did not get to remember it. Ours by author first, by marker second. */
async function findComment({ deps, octokit, state }: OpenPullRequest): Promise<number | undefined> {
  const { owner, name } = state.repository;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data } = await octokit.rest.issues.listComments({
      owner,
      repo: name,
      issue_number: state.number,
      per_page: PER_PAGE,
      page,
    });
    const own = data.find(
      ({ user, performed_via_github_app, body }) =>
        user?.type === 'Bot' &&
        performed_via_github_app?.id === deps.appId &&
        body?.startsWith(`<!-- ${OVERRIDE_COMMENT_MARKER} `),
    );
    if (own) return own.id;
    if (data.length < PER_PAGE) return undefined;
  }
  return undefined;
}

function shown(open: OpenPullRequest): (exchange: StoredExchange) => Exchange {
  return ({ login, commentUrl, excerpt, replies }) => {
    const explanations = replies.flatMap((reply): Markdown[] =>
      reply.code === 'explain' ? [findingExplanation(reply.finding, reportContext(open.deps, open.state, true))] : [],
    );
    return {
      login,
      commentUrl,
      excerpt,
      replies,
      ...(explanations.length > 0 ? { explanation: blocks(...explanations) } : {}),
    };
  };
}
