import { type Condition, partsOf } from '../policy/condition.ts';
import type { PackRule, PolicyPack } from '../policy/pack.ts';
import { type Severity, weaker } from './severities.ts';

/** What a configuration may name of one policy: its versions (or the days on which they begin), rules and open questions. */
export interface KnownPolicy {
  readonly id: string;
  readonly series: string;
  readonly versions: readonly string[];
  /** By rule id, what the rule does by default; the strictest of the versions. */
  readonly rules: ReadonlyMap<string, Severity>;
  /** By name, the answer that forbids more; undefined where that depends on the rule. */
  readonly interpretations: ReadonlyMap<string, boolean | undefined>;
}

/** Everything that a configuration may name, out of the shipped and custom packs. */
export function knownPolicies(packs: readonly PolicyPack[]): readonly KnownPolicy[] {
  const byId = new Map<string, [PolicyPack, ...PolicyPack[]]>();
  for (const pack of packs) {
    const before = byId.get(pack.id);
    if (before === undefined) byId.set(pack.id, [pack]);
    else before.push(pack);
  }
  return [...byId.values()].map(remembered);
}

/** By first version: packs are objects that live as long as the process, or as one evaluation, and never change. */
const known = new WeakMap<PolicyPack, { readonly versions: readonly PolicyPack[]; readonly policy: KnownPolicy }>();

function remembered(versions: readonly [PolicyPack, ...PolicyPack[]]): KnownPolicy {
  const before = known.get(versions[0]);
  if (before?.versions.length === versions.length && before.versions.every((pack, at) => pack === versions[at]))
    return before.policy;
  const policy = knownPolicy(versions);
  known.set(versions[0], { versions, policy });
  return policy;
}

function knownPolicy(versions: readonly [PolicyPack, ...PolicyPack[]]): KnownPolicy {
  const rules = new Map<string, Severity>();
  for (const rule of versions.flatMap((pack) => pack.rules)) {
    const before = rules.get(rule.id);
    const own = defaultSeverity(rule);
    rules.set(rule.id, before === undefined || weaker(before, own) ? own : before);
  }
  const [first] = versions;
  return {
    id: first.id,
    series: first.series,
    versions: versions.flatMap(({ version, dates }) => (dates.from === undefined ? [version] : [version, dates.from])),
    rules,
    interpretations: strictAnswers(versions),
  };
}

/** A clause known by paraphrase alone, or not confirmed, warns until a configuration says otherwise. */
function defaultSeverity({ severity, grade }: PackRule): Severity {
  const isWeak = grade === 'S-p' || grade === 'U';
  return isWeak && severity === 'block' ? 'warn' : severity;
}

/**
 * Which answer to each open question forbids more. A disputed reading that stands in a condition as it is forbids more
 * where it applies; under a negation, as exceptions stand, where it does not.
 */
function strictAnswers(versions: readonly PolicyPack[]): ReadonlyMap<string, boolean | undefined> {
  const answers = new Map<string, Set<boolean>>();
  const visit = (condition: Condition, isPositive: boolean) => {
    const name =
      condition.op === 'interpretation'
        ? condition.name
        : condition.op === 'exception'
          ? condition.interpretation
          : undefined;
    if (name !== undefined) answers.set(name, (answers.get(name) ?? new Set()).add(isPositive));
    for (const part of partsOf(condition)) visit(part, condition.op === 'not' ? !isPositive : isPositive);
  };
  for (const rule of versions.flatMap((pack) => pack.rules)) visit(rule.condition, true);
  const names = versions.flatMap((pack) => [...pack.interpretations.keys()]);
  return new Map(names.map((name) => [name, onlyOne(answers.get(name))]));
}

function onlyOne(answers: ReadonlySet<boolean> | undefined): boolean | undefined {
  return answers?.size === 1 ? [...answers][0] : undefined;
}
