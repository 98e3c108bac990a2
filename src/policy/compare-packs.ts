import type { Facts } from '../facts/fact.ts';
import { evaluatePack } from './evaluate-pack.ts';
import type { PolicyPack } from './pack.ts';
import type { RuleResult } from './policy.ts';

/** What a change of policy does to one use case, by one clause. */
export interface ClauseChange {
  /** Absent where only the new policy has such a clause. */
  readonly before?: RuleResult;
  /** Absent where only the old policy has it. */
  readonly after?: RuleResult;
}

/** Rules of the new pack with those of the old one that they continue, and the old ones that nothing continues. */
export interface ClauseMatch {
  readonly rule?: string;
  readonly continued: readonly string[];
}

/** Which clauses of two packs are about the same, by id and by what the new rules say that they continue. */
export function matchClauses(before: PolicyPack, after: PolicyPack): readonly ClauseMatch[] {
  const old = before.rules.map(({ id }) => id);
  const matches = after.rules.map(({ id, continues }) => ({
    rule: id,
    continued: old.filter((other) => other === id || continues.includes(other)),
  }));
  const lost = old.filter((id) => !matches.some(({ continued }) => continued.includes(id)));
  return [...matches, ...lost.map((id) => ({ continued: [id] }))];
}

/**
 * The clauses by which the outcome for a use case differs between two packs. Of several clauses that a new one continues, the
 * one with the worst outcome counts. A clause that one of the packs lacks counts as `not_covered` there.
 */
export function compareOutcomes(
  before: PolicyPack,
  after: PolicyPack,
  facts: Facts,
  options: { readonly interpretations?: ReadonlyMap<string, boolean> } = {},
): readonly ClauseChange[] {
  const old = resultsOn(before, facts, options);
  const now = resultsOn(after, facts, options);
  return matchClauses(before, after).flatMap(({ rule, continued }) => {
    const earlier = worst(old.filter((result) => continued.includes(result.rule)));
    const later = rule === undefined ? undefined : now.find((result) => result.rule === rule);
    if ((earlier?.outcome ?? 'not_covered') === (later?.outcome ?? 'not_covered')) return [];
    return [{ ...(earlier !== undefined && { before: earlier }), ...(later !== undefined && { after: later }) }];
  });
}

/** A pack is compared as it stands when all of its rules have begun, and those that ended are left out. */
function resultsOn(
  pack: PolicyPack,
  facts: Facts,
  options: { readonly interpretations?: ReadonlyMap<string, boolean> },
): readonly RuleResult[] {
  const beginnings = [pack.dates.from, ...pack.rules.map(({ dates }) => dates.from)];
  const on = beginnings.reduce<string>(
    (latest, from) => (from !== undefined && from > latest ? from : latest),
    '0001-01-01',
  );
  return evaluatePack(pack, facts, { ...options, on });
}

const ORDER: readonly RuleResult['outcome'][] = ['not_covered', 'duty_unmet', 'undetermined', 'prohibited'];

function worst(results: readonly RuleResult[]): RuleResult | undefined {
  return results.toSorted((a, b) => ORDER.indexOf(b.outcome) - ORDER.indexOf(a.outcome))[0];
}
