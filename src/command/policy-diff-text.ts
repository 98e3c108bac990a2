import type { UseCase } from '../declaration/use-case.ts';
import { type ClauseChange, matchClauses } from '../policy/compare-packs.ts';
import type { PackRule, PolicyPack } from '../policy/pack.ts';
import { oneLine } from '../report/neutralise.ts';
import { EFFECTS } from './evaluation-text.ts';

/** A use case whose outcomes differ, with the clauses by which they do. */
export interface ChangedUseCase {
  readonly useCase: UseCase;
  readonly changes: readonly ClauseChange[];
}

/** Whether the new policy prohibits what the old one did not. */
export function isNewlyProhibited({ after }: ClauseChange): boolean {
  return after?.outcome === 'prohibited';
}

/**
 * What a change of policy does, for a terminal: first how the rules differ, then the use cases, those newly prohibited before
 * those that are newly open, before those that only have less to do; then how many of each, and by which clauses.
 */
export function policyDiffText(
  before: PolicyPack,
  after: PolicyPack,
  changed: readonly ChangedUseCase[],
  total: number,
): string {
  const sorted = changed.map(withWorstFirst).toSorted((a, b) => weightOf(b.changes[0]) - weightOf(a.changes[0]));
  return [
    `From ${nameOf(before)} to ${nameOf(after)}:`,
    ...ruleLines(before, after),
    ...sorted.flatMap(useCaseLines),
    '',
    `${changed.length} of ${total} ${total === 1 ? 'use case changes' : 'use cases change'}.`,
    ...countLines(changed),
    '',
  ].join('\n');
}

function nameOf({ id, version, dates: { from, until } }: PolicyPack): string {
  if (from === undefined && until === undefined) return `${id}@${version}`;
  return `${id}@${version} (${from ?? '…'} to ${until ?? '…'})`;
}

function ruleLines(before: PolicyPack, after: PolicyPack): readonly string[] {
  return matchClauses(before, after).flatMap(({ rule, continued }) => {
    const now = after.rules.find(({ id }) => id === rule);
    const old = before.rules.filter(({ id }) => continued.includes(id));
    if (now === undefined) return old.map((gone) => `  gone: ${summaryOf(gone)}`);
    if (old.length === 0) return [`  new: ${summaryOf(now)}`];
    const others = old.filter(({ severity }) => severity !== now.severity);
    if (others.length === 0) return [];
    return [`  ${now.id} ${EFFECTS[now.severity]}, where ${others.map(effectOf).join(' and ')}: ${now.title}`];
  });
}

function summaryOf(rule: PackRule): string {
  return `${effectOf(rule)}: ${rule.title}`;
}

function effectOf({ id, severity }: PackRule): string {
  return `${id} ${EFFECTS[severity]}`;
}

/** The more there is to do about a change, the larger. */
function weightOf(change: ClauseChange | undefined): number {
  const order = ['not_covered', 'undetermined', 'duty_unmet', 'prohibited'];
  return order.indexOf(change?.after?.outcome ?? 'not_covered');
}

function withWorstFirst({ useCase, changes }: ChangedUseCase): ChangedUseCase {
  return { useCase, changes: changes.toSorted((a, b) => weightOf(b) - weightOf(a)) };
}

/** A paragraph, or one line where there is nothing to do about it. */
function useCaseLines({ useCase, changes }: ChangedUseCase): readonly string[] {
  const place = oneLine(useCase.place.path);
  const texts = changes.map(changeText);
  if (weightOf(changes[0]) === 0) return ['', `${useCase.id} (${place}): ${texts.join('; ')}`];
  return ['', `${useCase.id}: ${oneLine(useCase.title)} (${place})`, ...texts.map((text) => `  ${text}`)];
}

function changeText({ before, after }: ClauseChange): string {
  const old = before === undefined ? undefined : `${wordsOf(before.outcome)} by ${before.rule}`;
  if (after === undefined) return `no longer ${old}, which is gone`;
  const now = `${wordsOf(after.outcome)} by ${after.rule} (${after.clause})`;
  const missing = after.missingFacts.length > 0 ? `; to decide it, state: ${after.missingFacts.join(', ')}` : '';
  return `${old === undefined ? 'newly' : `${old} ->`} ${now}${missing}`;
}

function wordsOf(outcome: string): string {
  return outcome.replaceAll('_', ' ');
}

/** Of how many use cases the outcome is now prohibited, an unmet duty or open, with the clauses that do it. */
function countLines(changed: readonly ChangedUseCase[]): readonly string[] {
  return (['prohibited', 'duty_unmet', 'undetermined'] as const).flatMap((outcome) => {
    const rules = changed.map(({ changes }) =>
      changes.flatMap(({ after }) => (after?.outcome === outcome ? [after.rule] : [])),
    );
    const affected = rules.filter(({ length }) => length > 0);
    if (affected.length === 0) return [];
    const byRule = [...new Set(affected.flat())].map((rule) => {
      return `${rule} (${affected.filter((each) => each.includes(rule)).length})`;
    });
    return [`  now ${wordsOf(outcome)}: ${affected.length}, by ${byRule.join(', ')}`];
  });
}
