import type { UseCase } from '../declaration/use-case.ts';
import type { Place } from '../document/place.ts';
import type { Integration } from '../integration/integration.ts';
import type { RuleResult } from '../policy/policy.ts';
import { choosePlace, firstLine } from './choose-place.ts';
import { decisiveFacts } from './decisive-facts.ts';
import type { Draft, DraftContext } from './draft.ts';
import { policyLevel } from './levels.ts';
import type { DecisiveFact } from './verdict.ts';

/** The findings of one use case: one for each rule whose outcome somebody must act on, however many calls it rests on. */
export function policyFindings(
  useCase: UseCase,
  integrations: readonly Integration[],
  results: readonly RuleResult[],
  context: DraftContext,
): readonly Draft[] {
  return results.flatMap((result) => {
    const { outcome } = result;
    return outcome === 'not_covered' ? [] : [draftFor({ ...result, outcome }, useCase, integrations, context)];
  });
}

type Acted = RuleResult & { readonly outcome: 'prohibited' | 'undetermined' | 'duty_unmet' };

function draftFor(result: Acted, useCase: UseCase, integrations: readonly Integration[], context: DraftContext): Draft {
  const decisive = decisiveFacts(result.proof, { declared: useCase.facts, integrations });
  const rule = `${result.policy}/${result.rule}`;
  const atoms = [...providersOf(decisive, integrations), ...capabilitiesOf(decisive)].sort();
  const places = choosePlace(placesOf(result, useCase, decisive, context), context.changed);
  const calls = integrations.filter(({ path, range }) => isAt(places.place, path, range.startLine));
  return {
    identity: ['policy', rule, useCase.id, ...atoms],
    scope: { key: `${rule} ${useCase.id}`, atoms },
    finding: {
      kind: 'policy',
      rule,
      level: policyLevel(result, context.configuration.severity),
      useCase: { id: useCase.id, title: useCase.title },
      ...(calls[0] && { integration: calls[0] }),
      policy: policyOf(result),
      message: result.message,
      remedy: result.remedy,
      decisiveFacts: decisive,
      missingFacts: result.missingFacts,
      ...places,
      override: result.override,
    },
  };
}

function policyOf(result: Acted) {
  const { policy, version, digest, rule, title, clause, outcome, status, grade, source, proof } = result;
  return { id: policy, version, digest, rule, title, clause, outcome, status, grade, source, proof };
}

function providersOf(decisive: readonly DecisiveFact[], integrations: readonly Integration[]): readonly string[] {
  const places = decisive.flatMap(({ origins }) =>
    origins.flatMap(({ source, place }) => (source === 'code' && place ? [place] : [])),
  );
  const deciding = integrations.filter(({ path, range }) => places.some((place) => isAt(place, path, range.startLine)));
  return [...new Set(deciding.map(({ provider }) => `provider ${provider}`))];
}

function capabilitiesOf(decisive: readonly DecisiveFact[]): readonly string[] {
  return decisive.filter(({ name }) => name === 'capability').map(({ value }) => `capability ${value}`);
}

function isAt(place: Place | undefined, path: string, line: number): boolean {
  return place?.path === path && place.range.startLine === line;
}

/**
 * Where a finding can be shown. What is proven is best seen in code, and then where it is declared; what is open is mended in the
 * declaration.
 */
function placesOf(
  { outcome }: Acted,
  useCase: UseCase,
  decisive: readonly DecisiveFact[],
  { documents }: DraftContext,
): readonly Place[] {
  const origins = decisive.flatMap((fact) => fact.origins);
  const placesIn = (source: 'code' | 'declaration') =>
    origins.flatMap((origin) => (origin.source === source && origin.place ? [origin.place] : []));
  const whole = firstLine(useCase.places.get('facts') ?? useCase.place, documents.get(useCase.place.path));
  return outcome === 'undetermined'
    ? [whole, ...placesIn('declaration'), ...placesIn('code')]
    : [...placesIn('code'), ...placesIn('declaration'), whole];
}
