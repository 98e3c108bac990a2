import { join } from 'node:path';
import { z } from 'zod';
import { requestAction, rerequestRun } from '../actions/checks.ts';
import { createIssueComment, deleteIssueComment, editIssueComment } from '../actions/comments.ts';
import {
  closePullRequest,
  editPullRequest,
  mergePullRequest,
  type PullRequestIssue,
  reopenPullRequest,
  setDraft,
} from '../actions/pull-requests.ts';
import { pushFiles } from '../actions/repositories.ts';
import { replyToReviewComment } from '../actions/reviews.ts';
import type { CheckRun } from '../check-state.ts';
import { listThreads } from '../graphql/threads.ts';
import type { Account, Repository } from '../state.ts';
import { getRepository, type World } from '../world.ts';
import { readFiles } from './read-files.ts';

const by = z.string().optional();

/** One thing that people do, by its only key. `by` is the author unless told otherwise. */
export const stepSchema = z.union([
  /** Another push to the head branch: a folder laid over it. `force`: instead of what was pushed before. */
  z.strictObject({
    push: z.strictObject({
      files: z.string().optional(),
      remove: z.array(z.string()).default([]),
      force: z.boolean().default(false),
      by,
    }),
  }),
  /** A push to the base branch by somebody else. */
  z.strictObject({ push_base: z.strictObject({ files: z.string(), remove: z.array(z.string()).default([]), by }) }),
  z.strictObject({ comment: z.strictObject({ body: z.string(), by }) }),
  /** The last comment that `by` wrote gets another body, or (with none) is deleted. */
  z.strictObject({ edit: z.strictObject({ body: z.string().optional(), by }) }),
  /** An answer in a review thread; threads count from 1. */
  z.strictObject({ reply: z.strictObject({ thread: z.number(), body: z.string(), by }) }),
  z.strictObject({ retarget: z.string() }),
  /** A button of the check run, by its identifier, or GitHub's own `re-run`. */
  z.strictObject({ press: z.strictObject({ button: z.string(), by }) }),
  z.strictObject({ state: z.enum(['close', 'reopen', 'merge', 'ready', 'draft']) }),
]);

export type Step = z.output<typeof stepSchema>;

/** Where a step is played. */
export interface Stage {
  readonly world: World;
  readonly repository: Repository;
  readonly issue: PullRequestIssue;
  readonly folder: string;
  readonly person: (login?: string) => Account;
}

/** What a step is called in golden files: `2-push`. */
export function stepName(step: Step): string {
  return 'state' in step ? step.state : (Object.keys(step)[0] ?? '');
}

/** Plays one step. Throws where the story makes no sense (no such thread, no such button). */
export function playStep(stage: Stage, step: Step): void {
  const { world, repository, issue, person } = stage;
  if ('push' in step) push(stage, step.push);
  else if ('push_base' in step) {
    const { files, remove } = step.push_base;
    const author = person(step.push_base.by);
    pushFiles(world, repository, issue.pullRequest.baseRef, {
      author,
      files: readFiles(join(stage.folder, files)),
      remove,
    });
  } else if ('comment' in step) {
    createIssueComment(world, repository, issue, { accountId: person(step.comment.by).id }, step.comment.body);
  } else if ('edit' in step) editLast(stage, person(step.edit.by), step.edit.body);
  else if ('reply' in step) {
    const root = listThreads(repository, issue.number)[step.reply.thread - 1];
    if (root === undefined) throw new Error(`there is no thread ${step.reply.thread}`);
    replyToReviewComment(world, repository, issue, { accountId: person(step.reply.by).id }, root, step.reply.body);
  } else if ('retarget' in step) editPullRequest(world, repository, issue, { base: step.retarget }, person().id);
  else if ('press' in step) press(stage, step.press.button, person(step.press.by));
  else changeState(stage, step.state);
}

function push({ world, issue, folder, person }: Stage, step: Extract<Step, { push: unknown }>['push']): void {
  const head = getRepository(world, issue.pullRequest.headRepositoryId);
  const files = step.files === undefined ? new Map() : readFiles(join(folder, step.files));
  const author = person(step.by);
  const onto = step.force ? { onto: issue.pullRequest.baseSha } : {};
  pushFiles(world, head, issue.pullRequest.headRef, { author, files, remove: step.remove, message: 'Go on', ...onto });
}

function editLast({ world, repository, issue }: Stage, author: Account, body: string | undefined): void {
  const own = [...repository.issueComments.values()].filter(
    (comment) => comment.issueNumber === issue.number && comment.authorId === author.id,
  );
  const last = own.at(-1);
  if (last === undefined) throw new Error(`${author.login} has written no comment`);
  if (body === undefined) deleteIssueComment(world, repository, last, author.id);
  else editIssueComment(world, repository, last, body, author.id);
}

function press({ world, repository, issue }: Stage, button: string, sender: Account): void {
  const run = findLatestRun(repository, issue.pullRequest.headSha);
  if (run === undefined) throw new Error('there is no check run to press a button of');
  if (button === 're-run') rerequestRun(world, repository, run, sender.id);
  else requestAction(world, repository, run, button, sender.id);
}

function findLatestRun(repository: Repository, sha: string): CheckRun | undefined {
  return [...repository.checkRuns.values()].filter((run) => run.headSha === sha).at(-1);
}

function changeState(
  { world, repository, issue, person }: Stage,
  state: Extract<Step, { state: unknown }>['state'],
): void {
  if (state === 'close') closePullRequest(world, repository, issue, person().id);
  else if (state === 'reopen') reopenPullRequest(world, repository, issue, person().id);
  else if (state === 'merge') mergePullRequest(world, repository, issue, person());
  else setDraft(world, repository, issue, state === 'draft', person().id);
}
