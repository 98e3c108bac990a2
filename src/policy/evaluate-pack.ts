import { isAhead, isWithin } from '../document/day.ts';
import type { Facts } from '../facts/fact.ts';
import type { Truth } from '../facts/truth.ts';
import { analyse } from './analyse.ts';
import type { PackRule, PolicyPack } from './pack.ts';
import type { Outcome, PolicySource, RuleResult } from './policy.ts';
import { prove } from './prove.ts';
import { createView, type View } from './view.ts';

export interface EvaluationOptions {
  /** The day of judgement, ISO. */
  readonly on: string;
  /** Of the whole pack; a rule with a later date of its own is upcoming all the same. */
  readonly status?: RuleResult['status'];
  /** Days before its date from which a rule is reported as upcoming. */
  readonly aheadDays?: number;
  /** How open interpretations are settled, by `<name>` or `<policy>/<name>`, the longer one first. */
  readonly interpretations?: ReadonlyMap<string, boolean>;
  /** The use case may lie outside the pack's territory: rules stay undetermined until that is stated. */
  readonly isTerritoryOpen?: boolean;
}

/** A version or rule is announced this many days before it takes effect. */
export const AHEAD_DAYS = 90;

/**
 * Judges one use case by one pack: one result for each rule in force or upcoming on the day, in the pack's order. Pure: the
 * same facts, day and settled interpretations give the same results.
 */
export function evaluatePack(pack: PolicyPack, facts: Facts, options: EvaluationOptions): RuleResult[] {
  const { interpretations } = options;
  const settled = (name: string) => interpretations?.get(`${pack.id}/${name}`) ?? interpretations?.get(name);
  const view = createView(pack.leaves, facts, settled);
  const results: RuleResult[] = [];
  for (const rule of pack.rules) {
    const status = statusOf(rule, options);
    if (status !== undefined) results.push(judge(rule, pack, view, status, options.isTerritoryOpen === true));
  }
  return results;
}

function statusOf({ dates }: PackRule, options: EvaluationOptions): RuleResult['status'] | undefined {
  const { on, status, aheadDays = AHEAD_DAYS } = options;
  if (isWithin(on, dates)) return status ?? 'in_force';
  return isAhead(dates, on, aheadDays) ? 'upcoming' : undefined;
}

function judge(
  rule: PackRule,
  pack: PolicyPack,
  view: View,
  status: RuleResult['status'],
  isTerritoryOpen: boolean,
): RuleResult {
  const expression = isTerritoryOpen ? rule.expressionInTerritory : rule.expression;
  const { truth, open } = analyse(expression, view, pack.leaves);
  return {
    policy: pack.id,
    version: pack.version,
    digest: pack.digest,
    rule: rule.id,
    title: rule.title,
    clause: rule.clause,
    outcome: outcomeOf(truth, rule.kind),
    kind: rule.kind,
    severity: status === 'upcoming' && rule.severity === 'block' ? 'warn' : rule.severity,
    grade: rule.grade,
    message: rule.message,
    remedy: rule.remedy,
    missingFacts: open,
    proof: prove(expression, view, pack),
    override: rule.override,
    source: sourceOf(rule, pack),
    status,
  };
}

function outcomeOf(truth: Truth, kind: RuleResult['kind']): Outcome {
  if (truth === 'unknown') return 'undetermined';
  if (truth === 'false') return 'not_covered';
  return kind === 'prohibition' || kind === 'approval_gate' ? 'prohibited' : 'duty_unmet';
}

const sources = new WeakMap<PackRule, PolicySource>();

function sourceOf(rule: PackRule, pack: PolicyPack): PolicySource {
  const known = sources.get(rule);
  if (known !== undefined) return known;
  const from = rule.dates.from ?? pack.dates.from;
  const until = rule.dates.until ?? pack.dates.until;
  const source = {
    ...{ publisher: pack.publisher, document: pack.document, version: pack.version, url: rule.url, place: rule.place },
    ...(from !== undefined && { effectiveFrom: from }),
    ...(until !== undefined && { effectiveUntil: until }),
  };
  sources.set(rule, source);
  return source;
}
