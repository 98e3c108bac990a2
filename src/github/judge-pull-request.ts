import { createHash } from 'node:crypto';
import type { Override } from '../override/override.ts';
import { dayOf } from '../override/term.ts';
import { isDocumentOf } from '../review/is-document.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Evaluation } from './evaluation-memo.ts';
import { notGiven } from './not-given.ts';
import type { OpenPullRequest } from './open-pull-request.ts';
import { isOutOfPatience } from './patience.ts';
import type { Judged } from './publish-verdict.ts';
import type { KeyedBasis } from './read-basis.ts';
import { changeReads, type KnownComparison, readChanges } from './read-changes.ts';
import { readSnapshot, type Snapshot } from './read-snapshot.ts';
import { siblingVerdicts } from './shared-head.ts';

/** Where head and base part: as remembered while neither has moved, else asked of GitHub. */
export async function compareWithBase({ octokit, state, store }: OpenPullRequest): Promise<KnownComparison> {
  const { done } = store.memo;
  const isKnown = done?.settled && done.headSha === state.headSha && done.baseSha === state.base?.sha;
  if (isKnown && done.mergeBase) return { mergeBase: done.mergeBase };
  return changeReads(octokit, state.repository).compare(state.base?.sha ?? state.headSha, state.headSha);
}

/** Digest of all that a verdict and its publication depend on: while it is the same, there is nothing to do. */
export function inputsOf(
  open: OpenPullRequest,
  basis: KeyedBasis,
  comparison: KnownComparison,
  inForce: readonly Override[],
): string {
  const { deps, state, subject } = open;
  const all = [
    deps.judge.version,
    deps.scanner.catalogVersion,
    subject,
    state.draft,
    comparison.mergeBase?.sha,
    basis.key,
    dayOf(deps.now()),
    inForce.map(({ handle, binding, until }) => [handle, binding, until]),
    siblingVerdicts(state.checkRuns, deps.appId, subject.repositoryId, state.siblings),
    state.foreignApps,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** Whether an earlier evaluation did everything that these inputs ask for, and its run is the one that shows. */
export function isDone(done: Evaluation | undefined, inputs: string, runDigest: string | undefined): boolean {
  return done?.settled === true && !done.overridden && done.inputs === inputs && done.digest === runDigest;
}

/** Reads both sides of the change. */
export async function readSides(
  open: OpenPullRequest,
  { basis }: KeyedBasis,
  comparison: KnownComparison,
): Promise<Snapshot> {
  const { deps, octokit, reads, state, subject } = open;
  const isDocument = isDocumentOf(basis.configuration);
  const changes = await readChanges(
    changeReads(octokit, state.repository),
    { number: state.number, expected: state.changedFiles },
    comparison.files ?? [],
    (path) => deps.scanner.reads(path) || isDocument(path),
  );
  return readSnapshot(
    { ...deps, reads },
    {
      repositoryId: subject.repositoryId,
      head: { sha: state.headSha, treeSha: state.headTreeSha },
      comparison,
      isDocument,
      changes,
    },
  );
}

/** Judges what was read, findings with their handles. Throws where GitHub did not give all and may yet do so. */
export async function judgeSides(
  open: OpenPullRequest,
  { basis }: KeyedBasis,
  snapshot: Snapshot,
  overrides: readonly Override[],
): Promise<Verdict> {
  const { deps, job } = open;
  const verdict = deps.judge.review(basis, snapshot, dayOf(deps.now()), overrides);
  const missing = notGiven(verdict);
  if (missing && !isOutOfPatience(job)) throw missing;
  return withHandles(open, verdict);
}

/** A verdict that says that nothing could be judged. */
export function unjudged({ deps, state }: OpenPullRequest, reason: string): Judged {
  const verdict = deps.judge.unjudged(state.headSha, state.base?.sha ?? '', dayOf(deps.now()), reason);
  return { verdict, inputs: '', mergeBase: undefined, settled: false, withComments: false, suggestions: false };
}

async function withHandles({ deps, state, subject }: OpenPullRequest, verdict: Verdict): Promise<Verdict> {
  const of = { prefix: 'F', repositoryId: subject.repositoryId, pullRequest: state.number };
  const fingerprints = verdict.findings.map(({ fingerprint }) => fingerprint);
  if (fingerprints.length === 0) return verdict;
  const handles = await deps.handles.assign(of, fingerprints);
  const findings = verdict.findings.map((finding) => {
    const handle = handles.get(finding.fingerprint);
    return handle === undefined ? finding : { ...finding, handle };
  });
  return { ...verdict, findings };
}
