import type { UseCase } from '../declaration/use-case.ts';
import type { Facts } from '../facts/fact.ts';
import type { Integration } from '../integration/integration.ts';
import type { Outcome, RuleResult } from '../policy/policy.ts';
import { judgedFacts } from './judged-facts.ts';

/** One use case as it was judged: by which services and facts, and what every rule says of it. */
export interface JudgedUseCase {
  readonly useCase: UseCase;
  readonly integrations: readonly Integration[];
  readonly services: readonly string[];
  readonly results: readonly RuleResult[];
}

/** What the rules in force say of a use case with these services and facts. */
export type Evaluate = (subject: {
  readonly services: readonly string[];
  readonly facts: Facts;
}) => readonly RuleResult[];

/** What is proven goes before what is open. */
const WORSE: Readonly<Record<Outcome, number>> = { prohibited: 3, duty_unmet: 2, undetermined: 1, not_covered: 0 };

/** Judges the union of what a use case declares and what its code shows; where these differ, the worst outcome of each rule counts. */
export function judgeUseCase(
  useCase: UseCase,
  integrations: readonly Integration[],
  evaluate: Evaluate,
): JudgedUseCase {
  const { services, variants } = judgedFacts(useCase, integrations);
  const worst = new Map<string, RuleResult>();
  for (const facts of variants) {
    for (const result of evaluate({ services, facts })) {
      const key = `${result.policy}/${result.rule} ${result.version}`;
      const before = worst.get(key);
      if (before === undefined || WORSE[result.outcome] > WORSE[before.outcome]) worst.set(key, result);
    }
  }
  return { useCase, integrations, services, results: [...worst.values()] };
}
