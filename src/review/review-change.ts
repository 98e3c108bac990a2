import type { ApproverRule } from '../configuration/configuration.ts';
import { misplacedConfiguration } from '../configuration/misplaced-configuration.ts';
import { compileGlobs } from '../document/glob.ts';
import type { Problem } from '../document/place.ts';
import { ageFindings } from './age-findings.ts';
import { applyOverrides, type OverrideInForce } from './apply-overrides.ts';
import { type ChangedLines, changedLines } from './changed-lines.ts';
import { compareFindings } from './compare-findings.ts';
import { documentFindings } from './document-findings.ts';
import { explainUncovered } from './explain-uncovered.ts';
import { hiddenMoves } from './hidden-moves.ts';
import { isEnforced } from './levels.ts';
import { isComplete, notSeenOf } from './not-seen.ts';
import { declarationTest } from './read-use-cases.ts';
import type { FileChange, RepositoryState } from './repository-state.ts';
import type { ReviewBasis } from './review-basis.ts';
import { type JudgedState, judgeState, stateFindings } from './state-findings.ts';
import type { Finding, NotSeen, Verdict, VerdictOutcome } from './verdict.ts';

/** All that a verdict is made of. */
export interface ReviewInput {
  readonly head: RepositoryState;
  /** The state that the change is held against: the merge base's, or the base branch's. */
  readonly base: RepositoryState;
  readonly changes: readonly FileChange[];
  /** Read from the base branch. */
  readonly basis: ReviewBasis;
  /** What is wrong with configuration and packs, as the head and as the base has them. */
  readonly problems?: { readonly head: readonly Problem[]; readonly base: readonly Problem[] };
  /** What could not be used of the configuration. */
  readonly notSeen?: readonly NotSeen[];
  /** The head's own configuration and packs, where the change touches them and they can be read. */
  readonly proposed?: ReviewBasis;
  /** Day of the evaluation, ISO. */
  readonly on: string;
  readonly overrides?: readonly OverrideInForce[];
}

/**
 * Judges a change: what the head does that the base did not, over the whole of both trees. The same input gives the same verdict.
 */
export function reviewChange(input: ReviewInput): Verdict {
  const { head, base, basis, on } = input;
  const { configuration } = basis;
  const { findings, judged } = judgeChange(input, basis);
  const seen = notSeenOf({
    ...input,
    isIgnored: compileGlobs(configuration.ignore),
    isDeclaration: declarationTest(configuration),
  });
  const notSeen = [...(input.notSeen ?? []), ...seen];
  const complete = isComplete(notSeen);
  return {
    outcome: outcomeOf(findings, complete),
    complete,
    notSeen,
    findings,
    headSha: head.sha,
    baseSha: base.sha,
    evaluatedOn: on,
    policies: basis.policies,
    configurationDigest: basis.configurationDigest,
    enforcement: {
      mode: isEnforced(configuration, on) ? 'enforce' : 'advise',
      ...(configuration.enforceFrom !== undefined && { from: configuration.enforceFrom }),
    },
    tally: tallyOf(head, judged),
    ...(input.proposed && { simulation: simulate(input, input.proposed, findings, complete) }),
  };
}

/** Judges a working tree by itself: every finding is new. */
export function reviewTree(
  input: Omit<ReviewInput, 'base' | 'changes' | 'problems'> & { readonly problems?: readonly Problem[] },
): Verdict {
  const nothing: RepositoryState = { sha: '', paths: new Map(), documents: new Map(), scans: new Map(), notSeen: [] };
  const { problems = [], ...rest } = input;
  return reviewChange({ ...rest, base: nothing, changes: [], problems: { head: problems, base: [] } });
}

function judgeChange(input: ReviewInput, basis: ReviewBasis): { findings: readonly Finding[]; judged: JudgedState } {
  const { head, base, changes, problems = { head: [], base: [] }, overrides = [], on } = input;
  const { configuration } = basis;
  const changed = changedLines(changes);
  const judged = judgeState(head, basis);
  const before = judgeState(base, basis);
  const draftsOf = (state: RepositoryState, of: JudgedState, wrong: readonly Problem[], lines: ChangedLines) => [
    ...stateFindings(state, of, basis, lines),
    ...documentFindings([...wrong, ...misplacedConfiguration(state.paths)], 'configuration', {
      configuration,
      changed: lines,
      documents: state.documents,
    }),
  ];
  const hidden = hiddenMoves(base, changes, compileGlobs(configuration.ignore), {
    configuration,
    changed,
    documents: head.documents,
  });
  const aged = ageFindings(
    [...draftsOf(head, judged, problems.head, changed), ...hidden],
    draftsOf(base, before, problems.base, new Map()),
    changed,
  );
  const explained = explainUncovered(aged, before, changes, changed);
  const advised = isEnforced(configuration, on) ? explained : explained.map(advise);
  return { findings: [...applyOverrides(advised, overrides, on)].sort(compareFindings), judged };
}

/** While the configuration only advises, nothing stops a merge; what would is kept beside it. */
function advise(finding: Finding): Finding {
  const { level } = finding;
  return level === 'block' || level === 'ask' ? { ...finding, level: 'warn', enforcedLevel: level } : finding;
}

/**
 * Only what is new and not overridden counts. What is proven stands although something was not seen; what is open may not hide that
 * something was not seen.
 */
function outcomeOf(findings: readonly Finding[], complete: boolean): VerdictOutcome {
  const open = findings.filter(({ age, overridden }) => age === 'new' && overridden === undefined);
  if (open.some(({ level }) => level === 'block')) return 'fail';
  if (!complete) return 'incomplete';
  return open.some(({ level }) => level === 'ask') ? 'needs_information' : 'pass';
}

function tallyOf(head: RepositoryState, { useCases, uncovered }: JudgedState): Verdict['tally'] {
  const covered = new Set(useCases.flatMap(({ integrations }) => integrations));
  return { useCases: useCases.length, integrations: covered.size + uncovered.length, files: head.paths.size };
}

/** What the verdict would be if the change's own configuration and packs were in force, and which findings that brings and takes. */
function simulate(
  input: ReviewInput,
  proposed: ReviewBasis,
  current: readonly Finding[],
  complete: boolean,
): NonNullable<Verdict['simulation']> {
  const { findings } = judgeChange(input, proposed);
  const key = ({ fingerprint, level }: Finding) => `${fingerprint} ${level}`;
  const [before, after] = [new Set(current.map(key)), new Set(findings.map(key))];
  return {
    outcome: outcomeOf(findings, complete),
    appeared: findings.filter((finding) => !before.has(key(finding))),
    disappeared: current.filter((finding) => !after.has(key(finding))),
    ...approverChange(input.basis.configuration.approvers, proposed.configuration.approvers),
  };
}

function approverChange(now: readonly ApproverRule[], then: readonly ApproverRule[]) {
  return JSON.stringify(now) === JSON.stringify(then) ? {} : { approvers: { now, then } };
}
