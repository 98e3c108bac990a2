import { dayOf } from '../override/term.ts';
import { isDocumentOf } from '../review/is-document.ts';
import type { Evaluated, Lease } from '../store/lease.ts';
import type { Job, Mark } from '../store/ports.ts';
import { groupOverrides } from './dialogue/group-overrides.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { openMemo } from './evaluation-memo.ts';
import { GitHubError } from './github-error.ts';
import { verdictDigest, verdictRecord } from './ledger-record.ts';
import { notGiven } from './not-given.ts';
import { type OpenRepository, openRepository } from './open-pull-request.ts';
import { isOutOfPatience } from './patience.ts';
import {
  type CheckRunSubject,
  concludeCheckRun,
  contentDigest,
  finishedRun,
  ownConclusion,
  startCheckRun,
} from './publish-check-run.ts';
import type { CommitState } from './pull-request-state.ts';
import { readBasis } from './read-basis.ts';
import { changeReads, MAX_COMPARED_FILES } from './read-changes.ts';
import { readSnapshot } from './read-snapshot.ts';
import { readCommitState } from './read-state.ts';
import { reportContext } from './report-context.ts';

type MergeGroup = Mark['scope'] & { readonly kind: 'merge_group' };

interface OpenMergeGroup extends OpenRepository {
  readonly deps: EvaluateDeps;
  readonly job: Job;
  readonly state: CommitState;
  readonly subject: CheckRunSubject;
  readonly group: MergeGroup;
}

/**
 * Judges what a merge queue is about to merge, by the commits themselves: several pull requests together can bring what none
 * of them brings alone. There is nobody to talk to there, so the check run is all.
 */
export async function evaluateMergeGroup(
  deps: EvaluateDeps,
  job: Job,
  lease: Lease,
  group: MergeGroup,
): Promise<Evaluated> {
  const done: Evaluated = { handledHints: job.hints.map(({ id }) => id) };
  const commits = { head: group.headSha, base: group.baseSha };
  const opened = await openRepository(deps, job, lease, (octokit, address) =>
    readCommitState(octokit, address, commits, deps),
  );
  if (!opened) return done;
  const { repositoryId } = job.mark;
  const subject: CheckRunSubject = {
    repositoryId,
    subject: 'merge_group',
    headSha: group.headSha,
    base: group.baseSha,
  };
  const open: OpenMergeGroup = { ...opened, deps, job, subject, group };
  const finished = finishedRun(opened.state.checkRuns, deps.appId, subject);
  if (finished && ownConclusion(finished.digest) && job.mark.fresh !== true) return done;
  await judgeAndConclude(open);
  return done;
}

async function judgeAndConclude(open: OpenMergeGroup): Promise<void> {
  const { deps, job, runs, state, subject } = open;
  const started = await startCheckRun(runs, state.checkRuns, deps.appId, subject);
  const on = dayOf(deps.now());
  let failure: GitHubError | undefined;
  const verdict = await judge(open, on).catch((error: unknown) => {
    const isTheirs = error instanceof GitHubError && !['rate_limited', 'unauthorised'].includes(error.kind);
    if (!isTheirs || !isOutOfPatience(job)) throw error;
    failure = error;
    return deps.judge.unjudged(subject.headSha, subject.base, on, error.message);
  });
  const context = reportContext(deps, state, false);
  const { checkRun } = deps.judge.report(verdict, { ...context, changes: [], suggestions: false });
  const digest = contentDigest(checkRun.conclusion, checkRun);
  const id = await concludeCheckRun(runs, subject, checkRun, digest, started);
  await remember(open, verdict, id);
  if (failure) throw failure;
}

async function judge({ deps, job, octokit, reads, state, subject, group }: OpenMergeGroup, on: string) {
  const { basis } = await readBasis({ ...deps, octokit, reads }, state);
  const comparison = await changeReads(octokit, state.repository).compare(group.baseSha, group.headSha);
  const snapshot = await readSnapshot(
    { ...deps, reads },
    {
      repositoryId: subject.repositoryId,
      head: { sha: state.headSha, treeSha: state.headTreeSha },
      comparison,
      isDocument: isDocumentOf(basis.configuration),
      changes: comparison.files.length < MAX_COMPARED_FILES ? { files: comparison.files, notSeen: [] } : undefined,
    },
  );
  const bare = deps.judge.review(basis, snapshot, on, []);
  const basisOfOverrides = { state: deps.state, octokit, address: state.repository, job, now: deps.now };
  const inForce = await groupOverrides(basisOfOverrides, bare.findings, basis.configuration.approvers);
  const verdict = inForce.length > 0 ? deps.judge.review(basis, snapshot, on, inForce) : bare;
  const missing = notGiven(verdict);
  if (missing && !isOutOfPatience(job)) throw missing;
  return verdict;
}

async function remember(
  { deps, subject }: OpenMergeGroup,
  verdict: Parameters<typeof verdictRecord>[0],
  runId: number,
) {
  const { repositoryId, headSha, base } = subject;
  const store = await openMemo(deps.state, { repositoryId, pullRequest: 0, name: headSha }, deps.now);
  const digest = verdictDigest(verdict);
  if (store.memo.done?.verdict === digest) return;
  const done = {
    headSha,
    baseRef: base,
    baseSha: base,
    inputs: '',
    runId,
    digest: '',
    verdict: digest,
    resolvedByUs: [],
    settled: true,
    overridden: false,
  };
  const about = { repositoryId, baseRef: base, checkRunId: runId, at: deps.now() };
  await store.write({ done }, [verdictRecord(verdict, about)]);
}
