import type { CheckRunReport } from '../report/report.ts';
import { type CheckRunIdentity, parseIdentity } from './check-run-identity.ts';
import { ownConclusion } from './publish-check-run.ts';
import type { CheckRunSeen } from './pull-request-state.ts';
import { inFront } from './run-notes.ts';

type Conclusion = CheckRunReport['conclusion'];

const SEVERITY: Readonly<Record<Conclusion, number>> = { success: 0, action_required: 1, failure: 2 };

/** What another pull request with the same head commit gets by itself; without a conclusion it was not judged yet. */
export interface SiblingVerdict {
  readonly number: number;
  readonly conclusion?: Conclusion;
}

/** Reads from our runs on a commit what the newest one that says something says of each sibling. */
export function siblingVerdicts(
  runs: readonly CheckRunSeen[],
  appId: number,
  repositoryId: number,
  siblings: readonly number[],
): readonly SiblingVerdict[] {
  return siblings.map((number) => {
    const [newest] = runs
      .flatMap((run) => {
        const identity = run.appId === appId ? parseIdentity(run.externalId) : undefined;
        // One that is being judged again is what it was until then: its head is the same.
        const conclusion = identity && run.completed ? ownConclusion(identity.digest) : undefined;
        return identity && conclusion && isOf(identity, repositoryId, number) ? [{ id: run.id ?? 0, conclusion }] : [];
      })
      .sort((a, b) => b.id - a.id);
    return newest ? { number, conclusion: newest.conclusion } : { number };
  });
}

function isOf(identity: CheckRunIdentity, repositoryId: number, number: number): boolean {
  return identity.repositoryId === repositoryId && identity.subject === number;
}

/**
 * Checks belong to a commit, and of several runs of one name the newest decides. So where a sibling fares worse, or nobody knows yet how it
 * fares, this pull request's run shows that, and says why: otherwise whichever is judged last would speak for both.
 */
export function withSiblings(report: CheckRunReport, siblings: readonly SiblingVerdict[]): CheckRunReport {
  const all = siblings.map(({ number, conclusion }) => ({
    number,
    isJudged: conclusion !== undefined,
    conclusion: conclusion ?? 'action_required',
  }));
  const [worst] = all.sort((a, b) => SEVERITY[b.conclusion] - SEVERITY[a.conclusion] || a.number - b.number);
  if (!worst || SEVERITY[worst.conclusion] <= SEVERITY[report.conclusion]) return report;
  const { number, conclusion, isJudged } = worst;
  const state = isJudged ? 'does not pass' : 'is still being judged';
  const wayOut = isJudged
    ? 'Close one of the two, or give it a commit of its own.'
    : 'This check follows by itself as soon as that one is judged.';
  const why =
    `Pull request ${number} has the same head commit and ${state}. Checks belong to a commit, not to a pull request, ` +
    `so this one can't pass before that one does. ${wayOut}`;
  return {
    ...report,
    conclusion,
    title: `Pull request ${number} with the same head commit ${state}`,
    summary: inFront('IMPORTANT', why, report.summary),
  };
}
