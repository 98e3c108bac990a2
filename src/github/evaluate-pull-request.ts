import type { Evaluated, Lease } from '../store/lease.ts';
import type { Job } from '../store/ports.ts';
import { type Dialogue, openDialogue } from './dialogue/hold-dialogue.ts';
import { rememberPushers } from './dialogue/last-pushers.ts';
import { asksForRecheck } from './dialogue/said.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { GitHubError } from './github-error.ts';
import { compareWithBase, inputsOf, isDone, judgeSides, readSides, unjudged } from './judge-pull-request.ts';
import { notGiven } from './not-given.ts';
import { closeAbandonedRuns, type OpenPullRequest, openPullRequest } from './open-pull-request.ts';
import { isOutOfPatience } from './patience.ts';
import {
  finishedRun,
  ownConclusion,
  type StartedRun,
  startCheckRun,
  stuckRuns,
  superseded,
} from './publish-check-run.ts';
import { type Judged, publishVerdict } from './publish-verdict.ts';
import { type KeyedBasis, readBasis } from './read-basis.ts';
import type { KnownComparison } from './read-changes.ts';

/**
 * Makes a pull request's check run and comments match what is there now. Reads GitHub's present state, so that it doesn't
 * matter which event brought it here, how often, or where an earlier try stopped.
 */
export async function evaluatePullRequest(
  deps: EvaluateDeps,
  job: Job,
  lease: Lease,
  number: number,
): Promise<Evaluated> {
  const done: Evaluated = { handledHints: job.hints.map(({ id }) => id) };
  const open = await openPullRequest(deps, job, lease, number);
  if (!open) return done;
  await rememberPushers(open);
  await closeAbandonedRuns(open);
  const dialogue = await openDialogue(open);
  if (open.state.open && open.state.base) await evaluateOpen(open, dialogue);
  else await close(open, dialogue);
  return done;
}

/** A pull request that can't be merged any more needs no verdict; a run in progress would hang on its commit for ever. */
async function close(open: OpenPullRequest, dialogue: Dialogue): Promise<void> {
  const { deps, runs, state, subject, store } = open;
  for (const id of stuckRuns(state.checkRuns, deps.appId, subject, undefined)) {
    await runs.updateCheckRun(id, superseded(subject));
  }
  const { started: _, ...memo } = store.memo;
  // Written in any case: a pull request that is closed is not judged again because a day has come.
  await store.write(memo);
  const isAsked = dialogue.said.comments.length > 0 && state.base !== undefined;
  const basis = isAsked ? await readBasis({ ...deps, ...open }, state) : undefined;
  await dialogue.hold(undefined, basis?.basis.configuration.approvers);
  await dialogue.publish();
}

async function evaluateOpen(open: OpenPullRequest, dialogue: Dialogue): Promise<void> {
  const { job, store } = open;
  const finished = finishedVerdict(open);
  // A finished run that the memo does not know is this job's own, from a try that stopped after it.
  const isAgain = finished !== undefined && finished.id !== store.memo.done?.runId;
  const isFresh = (job.mark.fresh === true || asksForRecheck(dialogue.said)) && !isAgain;
  const started = finished === undefined || isFresh ? await start(open) : undefined;
  let isTold = isAgain;
  try {
    const comparison = await compareWithBase(open);
    const basis = await readBasis({ ...open.deps, ...open }, open.state);
    const inputs = inputsOf(open, basis, comparison, dialogue.inForce());
    if (!started && dialogue.isQuiet() && isDone(store.memo.done, inputs, finished?.digest)) return;
    const judged = await judge(open, basis, comparison, dialogue);
    await publishVerdict(open, judged, started, finished, () => {
      isTold = true;
    });
    await dialogue.publish();
  } catch (error) {
    if (!(error instanceof GitHubError) || ['rate_limited', 'unauthorised'].includes(error.kind)) throw error;
    // People are told what GitHub does not give, instead of waiting for it in silence; not where they have this job's verdict, and
    // only its comments are missing.
    if (isOutOfPatience(job) && !isTold) await publishVerdict(open, unjudged(open, error.message), started, finished);
    throw error;
  }
}

function finishedVerdict({ deps, state, subject }: OpenPullRequest): { id: number; digest: string } | undefined {
  const finished = finishedRun(state.checkRuns, deps.appId, subject);
  return finished && ownConclusion(finished.digest) ? finished : undefined;
}

/** Remembered before it is done, so that a run which nobody finishes is found even if the head moves on. */
async function start({ deps, runs, state, store, subject }: OpenPullRequest): Promise<StartedRun> {
  await store.write({ ...store.memo, started: { headSha: subject.headSha, baseRef: subject.base } });
  return startCheckRun(runs, state.checkRuns, deps.appId, subject);
}

/** Judged without overrides first: what they are bound to decides whether they still hold. */
async function judge(
  open: OpenPullRequest,
  basis: KeyedBasis,
  comparison: KnownComparison,
  dialogue: Dialogue,
): Promise<Judged> {
  const { configuration } = basis.basis;
  const snapshot = await readSides(open, basis, comparison);
  const bare = await judgeSides(open, basis, snapshot, []);
  await dialogue.hold(bare, configuration.approvers);
  const inForce = dialogue.inForce();
  const verdict = inForce.length > 0 ? await judgeSides(open, basis, snapshot, inForce) : bare;
  return {
    verdict,
    snapshot,
    inputs: inputsOf(open, basis, comparison, inForce),
    mergeBase: comparison.mergeBase,
    settled: notGiven(verdict) === undefined,
    withComments: configuration.comments.review && !open.state.draft,
    suggestions: configuration.comments.suggestions,
    rewritten: new Set(dialogue.said.changed.keys()),
    nextDay: open.deps.judge.nextDay(basis.basis, verdict.evaluatedOn),
  };
}
