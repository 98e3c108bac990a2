import type { Facts } from '../facts/fact.ts';
import { evaluatePack } from './evaluate-pack.ts';
import type { PolicyPack } from './pack.ts';
import type { RuleResult } from './policy.ts';
import { type SelectionOptions, selectPolicies } from './select-policies.ts';

export interface JudgeOptions extends SelectionOptions {
  /** The day of judgement, ISO. */
  readonly on: string;
  /** How open interpretations are settled, by `<name>` or `<policy>/<name>`. */
  readonly interpretations?: ReadonlyMap<string, boolean>;
}

/** Judges use cases by the policies that are in force for each on the day, and by those about to come: selection and evaluation in one. */
export function createJudge(
  packs: readonly PolicyPack[],
  options: JudgeOptions,
): (useCase: { readonly services: readonly string[]; readonly facts: Facts }) => RuleResult[] {
  const { on, interpretations, aheadDays } = options;
  const settings = {
    on,
    ...(interpretations !== undefined && { interpretations }),
    ...(aheadDays !== undefined && { aheadDays }),
  };
  return (useCase) =>
    selectPolicies(packs, useCase, on, options).flatMap(({ pack, status, isTerritoryOpen }) =>
      evaluatePack(pack, useCase.facts, {
        ...settings,
        // An upcoming version's rules are judged as of its first day.
        on: status === 'upcoming' ? (pack.dates.from ?? on) : on,
        status,
        isTerritoryOpen,
      }),
    );
}
