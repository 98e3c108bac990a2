import type { Facts } from '../facts/fact.ts';
import { evaluatePack } from './evaluate-pack.ts';
import type { PolicyPack } from './pack.ts';
import type { RuleResult } from './policy.ts';
import { chooseVersions, concernOf, type SelectionOptions } from './select-policies.ts';

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
  const versions = chooseVersions(packs, on, options).map(({ pack, status }) => {
    const settings = {
      // An upcoming version's rules are judged as of its first day.
      on: status === 'upcoming' ? (pack.dates.from ?? on) : on,
      status,
      ...(interpretations !== undefined && { interpretations }),
      ...(aheadDays !== undefined && { aheadDays }),
    };
    return { pack, inside: settings, open: { ...settings, isTerritoryOpen: true } };
  });
  return (useCase) =>
    versions.flatMap(({ pack, inside, open }) => {
      const territory = concernOf(pack, useCase);
      if (territory === 'false') return [];
      return evaluatePack(pack, useCase.facts, territory === 'unknown' ? open : inside);
    });
}
