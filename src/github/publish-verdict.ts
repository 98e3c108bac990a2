import type { CheckRunReport, ReviewCommentReport } from '../report/report.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Mark } from '../store/ports.ts';
import type { Evaluation } from './evaluation-memo.ts';
import { verdictDigest, verdictRecord } from './ledger-record.ts';
import type { OpenPullRequest } from './open-pull-request.ts';
import { isOutOfPatience } from './patience.ts';
import {
  concludeCheckRun,
  contentDigest,
  ownConclusion,
  type StartedRun,
  stuckRuns,
  superseded,
} from './publish-check-run.ts';
import { type CommentsPublished, publishComments } from './publish-comments.ts';
import type { ThreadSeen } from './pull-request-state.ts';
import type { Comparison } from './read-changes.ts';
import type { Snapshot } from './read-snapshot.ts';
import { readMoreThreads, readPullRequestState } from './read-state.ts';
import { reportContext } from './report-context.ts';
import { commentWrites } from './repository-writes.ts';
import { withForeignApps, withoutComments } from './run-notes.ts';
import { siblingVerdicts, withSiblings } from './shared-head.ts';

/** A verdict with what its publication needs. */
export interface Judged {
  readonly verdict: Verdict;
  /** Absent where nothing could be read. */
  readonly snapshot?: Snapshot;
  readonly inputs: string;
  readonly mergeBase: Comparison['mergeBase'];
  readonly settled: boolean;
  readonly withComments: boolean;
  readonly suggestions: boolean;
  /** Comments that somebody has edited: where they are ours, they are written again. */
  readonly rewritten?: ReadonlySet<number>;
  /** Day (ISO) on which it has to be judged again. */
  readonly nextDay?: string | undefined;
}

/** A run that is concluded, and the digest of what it says. */
interface ConcludedRun {
  readonly id: number;
  readonly digest: string;
}

/** Threads that are looked through, by pages; a pull request with more gets no further comments of ours. */
const MAX_THREAD_PAGES = 20;

/**
 * Brings a verdict to GitHub: the check run first, because it decides, then comments; last, and in one transaction, the memo
 * and the ledger. A stop between any two of these leaves what the next evaluation recognises and completes.
 * @param onRun called when the check run says it
 */
export async function publishVerdict(
  open: OpenPullRequest,
  judged: Judged,
  started: StartedRun | undefined,
  finished: ConcludedRun | undefined,
  onRun: () => void = () => undefined,
): Promise<void> {
  const { deps, state, store, subject } = open;
  const { verdict } = judged;
  const report = deps.judge.report(verdict, {
    ...reportContext(deps, state, true),
    changes: judged.snapshot?.changes ?? [],
    suggestions: judged.suggestions,
  });
  const told = await publishRun(open, report.checkRun, started, finished);
  onRun();
  const { resolvedByUs, refused } = await publishThreads(open, judged, verdict, report.comments);
  const run = refused ? await sayRefused(open, report.checkRun, told) : told;
  const done: Evaluation = {
    headSha: state.headSha,
    baseRef: subject.base,
    baseSha: state.base?.sha ?? '',
    ...(judged.mergeBase ? { mergeBase: judged.mergeBase } : {}),
    inputs: judged.inputs,
    runId: run.id,
    digest: run.digest,
    verdict: verdictDigest(verdict),
    resolvedByUs: [...resolvedByUs].sort(),
    settled: judged.settled,
    overridden: verdict.findings.some(({ overridden }) => overridden !== undefined),
  };
  const { repositoryId } = subject;
  const about = { repositoryId, pullRequest: state.number, baseRef: subject.base, checkRunId: run.id, at: deps.now() };
  const isNews = store.memo.done?.verdict !== done.verdict;
  const { started: _, resolving: __, ...memo } = store.memo;
  const due = judged.nextDay === undefined ? undefined : Date.parse(judged.nextDay);
  const { installationId } = open.job.mark;
  await store.write({ ...memo, installationId, done }, isNews ? [verdictRecord(verdict, about)] : [], due);
  if (isNewToSiblings(memo.done, done)) await markSiblings(open);
}

async function publishRun(
  open: OpenPullRequest,
  own: CheckRunReport,
  started: StartedRun | undefined,
  finished: ConcludedRun | undefined,
): Promise<ConcludedRun> {
  const { deps, runs, state, subject } = open;
  const shown = shownReport(open, own, state);
  const digest = contentDigest(own.conclusion, shown);
  const isThere = !started && finished?.digest === digest;
  const id = isThere ? finished.id : await concludeCheckRun(runs, subject, shown, digest, started);
  for (const stuck of stuckRuns(state.checkRuns, deps.appId, subject, started?.id)) {
    if (stuck !== id) await runs.updateCheckRun(stuck, superseded(subject));
  }
  return state.siblings.length === 0 || isThere ? { id, digest } : await lookAgain(open, own, { id, digest });
}

function shownReport(
  open: OpenPullRequest,
  own: CheckRunReport,
  { checkRuns, foreignApps, siblings }: OpenPullRequest['state'],
) {
  const { appId } = open.deps;
  const verdicts = siblingVerdicts(checkRuns, appId, open.subject.repositoryId, siblings);
  return withForeignApps(withSiblings(own, verdicts), foreignApps);
}

/** A sibling may have been concluded while this run was: whichever wrote last looks, and lets the worse verdict stand. */
async function lookAgain(open: OpenPullRequest, own: CheckRunReport, run: ConcludedRun): Promise<ConcludedRun> {
  const { deps, octokit, runs, state, subject } = open;
  const now = await readPullRequestState(octokit, state.repository, state.number, deps);
  if (now.headSha !== state.headSha) return run;
  const shown = shownReport(open, own, now);
  const digest = contentDigest(own.conclusion, shown);
  if (digest === run.digest) return run;
  return { id: await concludeCheckRun(runs, subject, shown, digest, undefined), digest };
}

/** Adds to a run that there will be no comments. */
async function sayRefused(open: OpenPullRequest, own: CheckRunReport, { id }: ConcludedRun): Promise<ConcludedRun> {
  const shown = shownReport(open, withoutComments(own), open.state);
  const digest = contentDigest(own.conclusion, shown);
  const concluded = { id, digest, annotationCount: shown.annotations.length };
  return { id: await concludeCheckRun(open.runs, open.subject, shown, digest, concluded), digest };
}

async function publishThreads(
  open: OpenPullRequest,
  judged: Judged,
  verdict: Verdict,
  comments: readonly ReviewCommentReport[],
): Promise<CommentsPublished> {
  const { deps, job, octokit, state, store } = open;
  const resolvedByUs = new Set([...(store.memo.done?.resolvedByUs ?? []), ...(store.memo.resolving ?? [])]);
  const threads = judged.snapshot && (await allThreads(open));
  if (!judged.snapshot || !threads) return { resolvedByUs, refused: false };
  const standing = verdict.findings.filter(({ age, overridden }) => age === 'new' && !overridden);
  return publishComments(commentWrites(octokit, state.repository, state.number, deps.now), {
    headSha: state.headSha,
    wanted: judged.withComments ? comments : [],
    standing: new Set(standing.map(({ fingerprint }) => fingerprint)),
    changes: judged.snapshot.changes,
    threads,
    resolvedByUs,
    remember: (resolving) => store.write({ ...store.memo, resolving }),
    rewritten: judged.rewritten ?? new Set(),
    isLastTry: isOutOfPatience(job),
  });
}

async function allThreads({ deps, octokit, state }: OpenPullRequest): Promise<readonly ThreadSeen[] | undefined> {
  const threads = [...state.threads];
  let after = state.threadsAfter;
  for (let page = 1; after !== undefined; page += 1) {
    if (page > MAX_THREAD_PAGES) return undefined;
    const more = await readMoreThreads(octokit, state.repository, { number: state.number, after }, deps.now);
    threads.push(...more.threads);
    after = more.threadsAfter;
  }
  return threads;
}

/** Siblings show this pull request's own conclusion, nothing else of it. */
function isNewToSiblings(before: Evaluation | undefined, now: Evaluation): boolean {
  return before?.headSha !== now.headSha || ownConclusion(before.digest) !== ownConclusion(now.digest);
}

/** What a sibling shows depends on this pull request's verdict. */
async function markSiblings({ deps, job, state }: OpenPullRequest): Promise<void> {
  const { installationId, repositoryId } = job.mark;
  const marks = state.siblings.map(
    (number): Mark => ({ installationId, repositoryId, scope: { kind: 'pull_request', number } }),
  );
  if (marks.length > 0) await deps.queue.mark(marks, deps.now());
}
