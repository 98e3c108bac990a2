import { createHash } from 'node:crypto';
import { dayOf } from '../override/term.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Evaluated, Lease } from '../store/lease.ts';
import type { Job } from '../store/ports.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { Evaluation } from './evaluation-memo.ts';
import { GitHubError } from './github-error.ts';
import { isDocumentOf } from './is-document.ts';
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
import { type Comparison, changeReads, readChanges } from './read-changes.ts';
import { readSnapshot } from './read-snapshot.ts';
import { foreignApps, siblingVerdicts } from './shared-head.ts';

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
  await closeAbandonedRuns(open);
  if (open.state.open && open.state.base) await evaluateOpen(open);
  else await close(open);
  return done;
}

/** A pull request that can't be merged any more needs no verdict; a run in progress would hang on its commit for ever. */
async function close({ deps, runs, state, subject, store }: OpenPullRequest): Promise<void> {
  for (const id of stuckRuns(state.checkRuns, deps.appId, subject, undefined)) {
    await runs.updateCheckRun(id, superseded(subject));
  }
  if (store.memo.started) await store.write(store.memo.done ? { done: store.memo.done } : {});
}

async function evaluateOpen(open: OpenPullRequest): Promise<void> {
  const { job, store } = open;
  const finished = finishedVerdict(open);
  // A finished run that the memo does not know is this job's own, from a try that stopped after it.
  const isAgain = finished !== undefined && finished.id !== store.memo.done?.runId;
  const wanted = finished === undefined || (job.mark.fresh === true && !isAgain);
  const started = wanted ? await start(open) : undefined;
  try {
    const comparison = await compare(open);
    const basis = await readBasis({ ...open.deps, ...open }, open.state);
    const inputs = inputsOf(open, basis, comparison);
    if (!started && isDone(store.memo.done, inputs, finished?.digest)) return;
    const judged = await judge(open, basis, comparison, inputs);
    await publishVerdict(open, judged, started, finished);
  } catch (error) {
    if (!(error instanceof GitHubError) || ['rate_limited', 'unauthorised'].includes(error.kind)) throw error;
    // People are told what GitHub does not give, instead of waiting for it in silence.
    if (isOutOfPatience(job)) await publishVerdict(open, unjudged(open, error.message), started, finished);
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

async function compare({
  octokit,
  state,
  store,
}: OpenPullRequest): Promise<Comparison | Pick<Comparison, 'mergeBase'>> {
  const { done } = store.memo;
  const isKnown = done?.settled && done.headSha === state.headSha && done.baseSha === state.base?.sha;
  if (isKnown && done.mergeBase) return { mergeBase: done.mergeBase };
  return changeReads(octokit, state.repository).compare(state.base?.sha ?? state.headSha, state.headSha);
}

function inputsOf(open: OpenPullRequest, basis: KeyedBasis, comparison: Pick<Comparison, 'mergeBase'>): string {
  const { deps, state, subject } = open;
  const on = dayOf(deps.now());
  const siblings = siblingVerdicts(state.checkRuns, deps.appId, subject.repositoryId, state.siblings);
  const all = [
    deps.judge.version,
    deps.scanner.catalogVersion,
    subject,
    state.draft,
    comparison.mergeBase?.sha,
    basis.key,
    on,
    siblings,
    foreignApps(state.checkRuns, deps.appId),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

function isDone(done: Evaluation | undefined, inputs: string, runDigest: string | undefined): boolean {
  return done?.settled === true && done.inputs === inputs && done.digest === runDigest;
}

async function judge(
  open: OpenPullRequest,
  { basis }: KeyedBasis,
  comparison: Pick<Comparison, 'mergeBase'> & Partial<Comparison>,
  inputs: string,
): Promise<Judged> {
  const { deps, job, octokit, reads, state, subject } = open;
  const isDocument = isDocumentOf(basis.configuration);
  const changes = await readChanges(
    changeReads(octokit, state.repository),
    { number: state.number, expected: state.changedFiles },
    comparison.files ?? [],
    (path) => deps.scanner.reads(path) || isDocument(path),
  );
  const snapshot = await readSnapshot(
    { ...deps, reads },
    {
      repositoryId: subject.repositoryId,
      head: { sha: state.headSha, treeSha: state.headTreeSha },
      mergeBase: comparison.mergeBase,
      isDocument,
      changes,
    },
  );
  const verdict = deps.judge.review(basis, snapshot, dayOf(deps.now()), []);
  const missing = notGiven(verdict);
  if (missing && !isOutOfPatience(job)) throw missing;
  const review = basis.configuration.comments.review && !state.draft;
  return { verdict, snapshot, inputs, mergeBase: comparison.mergeBase, settled: !missing, withComments: review };
}

function unjudged({ deps, state }: OpenPullRequest, reason: string): Judged {
  const verdict: Verdict = deps.judge.unjudged(state.headSha, state.base?.sha ?? '', dayOf(deps.now()), reason);
  return { verdict, inputs: '', mergeBase: undefined, settled: false, withComments: false };
}
