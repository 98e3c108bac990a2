import type { Annotation, CheckAction, CheckConclusion, CheckRun, CheckStatus } from '../check-state.ts';
import { renderCheckRun, renderSuiteCore, summariseSuite } from '../render/check.ts';
import { notAccessible, unprocessable } from '../reply.ts';
import type { Repository } from '../state.ts';
import { nextIdentity, type World } from '../world.ts';
import { ensureSuite, tellOfSuite } from './check-suites.ts';

/** Limits that GitHub's description states in prose only: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const MAX_ANNOTATION_BYTES = 65_536;
const MAX_ANNOTATION_TITLE = 255;

/** What a request says of a check run, checked against GitHub's description already. */
export interface CheckRunWish {
  readonly name?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly status?: string;
  readonly conclusion?: CheckConclusion;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: readonly CheckAction[];
}

export function createCheckRun(
  world: World,
  repository: Repository,
  appId: number,
  headSha: string,
  wish: CheckRunWish & { readonly name: string },
): CheckRun {
  if (!repository.store.commits.has(headSha)) throw unprocessable(`No commit found for SHA: ${headSha}`);
  const suite = ensureSuite(world, repository, appId, headSha);
  const run: CheckRun = {
    ...nextIdentity(world, 'CheckRun', 'CR', repository.id),
    suiteId: suite.id,
    appId,
    headSha,
    name: wish.name,
    externalId: '',
    detailsUrl: '',
    status: 'queued',
    conclusion: null,
    startedAt: wish.started_at === undefined ? world.clock() : Date.parse(wish.started_at),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
  apply(world, run, wish);
  repository.checkRuns.set(run.id, run);
  tell(world, repository, run, 'created', {});
  if (run.status === 'completed') tellCompleted(world, repository, run);
  return run;
}

/** Changes a check run of the same app. Annotations are added to what is there. */
export function updateCheckRun(
  world: World,
  repository: Repository,
  appId: number,
  run: CheckRun,
  wish: CheckRunWish,
): void {
  if (run.appId !== appId) throw notAccessible();
  const before = run.status;
  apply(world, run, wish);
  if (run.status === 'completed' && before !== 'completed') tellCompleted(world, repository, run);
  world.changes.emit('change');
}

function apply(world: World, run: CheckRun, wish: CheckRunWish): void {
  assertOutput(wish);
  // A conclusion completes a run by itself; `completed` without one is refused.
  const status = (wish.conclusion === undefined ? wish.status : 'completed') as CheckStatus | undefined;
  if (status === 'completed' && wish.conclusion === undefined) {
    throw unprocessable('Invalid request.\n\nMissing required key "conclusion" when status is completed.');
  }
  if (status !== undefined) run.status = status;
  if (status !== undefined && status !== 'completed') Object.assign(run, { conclusion: null, completedAt: null });
  if (wish.conclusion !== undefined) {
    run.conclusion = wish.conclusion;
    run.completedAt = wish.completed_at === undefined ? world.clock() : Date.parse(wish.completed_at);
  }
  if (wish.name !== undefined) run.name = wish.name;
  if (wish.external_id !== undefined) run.externalId = wish.external_id;
  if (wish.details_url !== undefined) run.detailsUrl = wish.details_url;
  if (wish.actions !== undefined) run.actions = wish.actions;
  if (wish.output === undefined) return;
  const { title, summary, text, annotations } = wish.output;
  run.output = { title: title ?? run.output.title, summary, text: text ?? run.output.text };
  run.annotations.push(...(annotations ?? []));
}

function assertOutput({ output }: CheckRunWish): void {
  for (const annotation of output?.annotations ?? []) {
    const texts = [annotation.message, annotation.raw_details ?? ''];
    const oneLine = annotation.start_line === annotation.end_line;
    const problem =
      (texts.some((text) => Buffer.byteLength(text) > MAX_ANNOTATION_BYTES) &&
        'message or raw_details exceeds 64 KB') ||
      ((annotation.title ?? '').length > MAX_ANNOTATION_TITLE && `title exceeds ${MAX_ANNOTATION_TITLE} characters`) ||
      (annotation.message === '' && 'message is empty') ||
      (annotation.start_line < 1 && 'start_line must be positive') ||
      (annotation.end_line < annotation.start_line && 'end_line precedes start_line') ||
      (!oneLine && annotation.start_column !== undefined && 'start_column is only allowed on a single line') ||
      (!oneLine && annotation.end_column !== undefined && 'end_column is only allowed on a single line');
    if (problem) throw unprocessable(`Invalid request.\n\nannotation ${annotation.path}: ${problem}`);
  }
}

function tellCompleted(world: World, repository: Repository, run: CheckRun): void {
  tell(world, repository, run, 'completed', {});
  const suite = repository.checkSuites.get(run.suiteId);
  if (suite === undefined) return;
  suite.updatedAt = world.clock();
  const bot = world.apps.get(run.appId)?.botId ?? 0;
  if (summariseSuite(repository, suite).status === 'completed') tellOfSuite(world, repository, suite, 'completed', bot);
}

/** Somebody presses "Re-run" on the check; only its own app hears of it. */
export function rerequestRun(world: World, repository: Repository, run: CheckRun, senderId: number): void {
  tell(world, repository, run, 'rerequested', { senderId });
}

/** Somebody presses one of the run's own buttons. Throws where the run has none of that name or is not completed. */
export function requestAction(
  world: World,
  repository: Repository,
  run: CheckRun,
  identifier: string,
  senderId: number,
): void {
  if (run.status !== 'completed' || !run.actions.some((action) => action.identifier === identifier)) {
    throw new Error(`the check run shows no button ${identifier}`);
  }
  tell(world, repository, run, 'requested_action', { senderId, requested_action: { identifier } });
}

function tell(
  world: World,
  repository: Repository,
  run: CheckRun,
  action: 'created' | 'completed' | 'rerequested' | 'requested_action',
  { senderId, ...extra }: { readonly senderId?: number; readonly requested_action?: { readonly identifier: string } },
): void {
  const suite = repository.checkSuites.get(run.suiteId);
  const rendered = renderCheckRun(world, repository, run);
  const payload = {
    ...extra,
    check_run: { ...rendered, ...(suite !== undefined && { check_suite: renderSuiteCore(world, repository, suite) }) },
  };
  const bot = world.apps.get(run.appId)?.botId ?? 0;
  const only = action === 'rerequested' || action === 'requested_action' ? { appId: run.appId } : {};
  world.emit({ name: 'check_run', action, repository, senderId: senderId ?? bot, payload, ...only });
  world.changes.emit('change');
}
