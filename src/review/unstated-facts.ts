import type { UseCase } from '../declaration/use-case.ts';
import type { Place } from '../document/place.ts';
import type { FactState } from '../facts/fact.ts';
import { isFactName, VOCABULARY } from '../facts/vocabulary.ts';
import type { Integration } from '../integration/integration.ts';
import { choosePlace, firstLine } from './choose-place.ts';
import { type Draft, type DraftContext, ownTerms } from './draft.ts';
import { agrees } from './judged-facts.ts';
import { ownLevel } from './levels.ts';
import { capabilityName, quoteTitle } from './names.ts';
import { providerOf } from './providers.ts';
import { type SeenValue, seenValues } from './seen-facts.ts';
import { addFact, addToList } from './suggest.ts';
import type { FindingKind, Level, Suggestion } from './verdict.ts';
import { declares, weightOfAttribute, weightOfCapability } from './weights.ts';

/** What code shows of a use case, against what its declaration says. */
interface Unstated extends SeenValue {
  readonly useCase: UseCase;
  readonly provider: string;
  readonly relation: 'missing' | 'denied';
}

/**
 * A finding for each thing that integrations show and the use case that covers them does not state, or denies: a capability, a fact, a
 * service; one for each provider, however many calls there are.
 */
export function unstatedFacts(
  useCase: UseCase,
  integrations: readonly Integration[],
  context: DraftContext,
): readonly Draft[] {
  return [...seenValues(integrations), ...seenServices(integrations)].flatMap((seen) => {
    const relation = relationOf(useCase, seen);
    if (relation === 'stated') return [];
    return byProvider(seen).flatMap((part) => draftFor({ ...part, useCase, relation }, context));
  });
}

function seenServices(integrations: readonly Integration[]): readonly SeenValue[] {
  const services = new Set(integrations.map(({ service }) => service));
  return [...services].map((value) => ({
    name: 'services',
    value,
    integrations: integrations.filter(({ service }) => service === value),
  }));
}

function byProvider(seen: SeenValue): readonly (SeenValue & { readonly provider: string })[] {
  const providers = new Set(seen.integrations.map(({ provider }) => provider));
  return [...providers].map((provider) => ({
    ...seen,
    provider,
    integrations: seen.integrations.filter((integration) => integration.provider === provider),
  }));
}

function relationOf(useCase: UseCase, { name, value }: SeenValue): 'stated' | 'missing' | 'denied' {
  if (name === 'services') return useCase.services.includes(String(value)) ? 'stated' : 'missing';
  // What the vocabulary does not know nobody could declare.
  if (!isFactName(name)) return 'stated';
  const state = useCase.facts.get(name)?.state;
  if (state === undefined) return 'missing';
  return admits(state, name, value) ? 'stated' : 'denied';
}

/** Whether a declaration states a value, or leaves it open. */
function admits(state: FactState, name: string, value: string | number): boolean {
  if (typeof value === 'number') return agrees(state, { kind: 'number', value });
  if (state.kind !== 'many') return agrees(state, { kind: 'one', possible: [value] });
  const states = (values: readonly string[]) =>
    name === 'capability' ? declares(values, value) : values.includes(value);
  if (states(state.includes)) return true;
  if (state.excludes.includes(value)) return false;
  return state.possible === 'any' || states(state.possible);
}

function draftFor(unstated: Unstated, { configuration, changed, documents }: DraftContext): readonly Draft[] {
  const { useCase, name, value, provider, integrations } = unstated;
  const isCertain = integrations.some(({ certainty }) => certainty === 'seen');
  // A dependency or a wildcard permission may hint at a capability; of other facts and services it says nothing.
  if (!isCertain && name !== 'capability') return [];
  const kind = kindOf(unstated);
  const natural = levelOf(unstated);
  const origins = integrations.map(({ path, range }) => ({ source: 'code' as const, place: { path, range } }));
  const declaredPlace = useCase.places.get(name === 'services' ? name : `facts.${name}`);
  const suggestion = fixFor(unstated, documents);
  const candidates: Place[] = [
    ...origins.map(({ place }) => place),
    declaredPlace ?? firstLine(useCase.place, documents.get(useCase.place.path)),
  ];
  return [
    {
      identity: [kind, useCase.id, provider, `${name}=${value}`],
      finding: {
        kind,
        rule: kind,
        level: ownLevel(kind, !isCertain && natural !== 'inform' ? 'warn' : natural, configuration.severity),
        useCase: { id: useCase.id, title: useCase.title },
        ...(integrations[0] && { integration: integrations[0] }),
        message: messageFor(unstated),
        remedy: remedyFor(unstated),
        decisiveFacts: [{ name, value: String(value), origins }],
        missingFacts: [],
        ...choosePlace(candidates, changed),
        ...(suggestion && { suggestion }),
        override: ownTerms(kind),
      },
    },
  ];
}

/** The exact fix, if it is the declaration that is wrong: the value in its list, or a line of its own. */
function fixFor(
  { useCase, name, value, relation }: Unstated,
  documents: ReadonlyMap<string, string>,
): Suggestion | undefined {
  const text = documents.get(useCase.place.path);
  if (name === 'services') return addToList(text, useCase.places.get(name), String(value));
  if (relation === 'denied') return addToList(text, useCase.places.get(`facts.${name}`), String(value));
  const isSingle = isFactName(name) && VOCABULARY[name].kind !== 'many';
  return isSingle ? addFact(text, useCase.places.get('facts'), name, String(value)) : undefined;
}

function kindOf({ name, relation }: Unstated): Exclude<FindingKind, 'policy'> {
  if (name === 'capability') return 'undeclared_capability';
  return relation === 'denied' ? 'contradicted_fact' : 'undeclared_fact';
}

function levelOf({ name, value, relation }: Unstated): Level {
  if (name === 'capability') return weightOfCapability(String(value));
  if (name === 'attribute_inferred') return relation === 'denied' ? weightOfAttribute(String(value)) : 'ask';
  return relation === 'denied' ? 'ask' : 'warn';
}

function messageFor({ useCase, name, value, integrations, relation }: Unstated): string {
  const title = quoteTitle(useCase);
  const [first] = integrations;
  const service = first === undefined ? '' : providerOf(first.provider).name;
  if (name === 'services') return `This code uses ${service}, which ${title} does not list among its services.`;
  const declared = describeState(useCase.facts.get(name)?.state);
  if (name === 'capability') {
    const what = `This code uses ${service} for ${capabilityName(String(value))}`;
    return relation === 'denied'
      ? `${what}; ${title} declares only ${declared}.`
      : `${what}; ${title} does not state what it can do.`;
  }
  const shows = `This code shows \`${name}: ${value}\``;
  return relation === 'denied'
    ? `${shows}; ${title} declares ${declared}.`
    : `${shows}; ${title} does not state \`${name}\`.`;
}

function remedyFor({ useCase, name, value }: Unstated): string {
  const { path } = useCase.place;
  if (name === 'services') return `Add \`${value}\` to \`services\` in ${path}, or remove the call.`;
  return `State \`${name}: ${value}\` in ${path} if that is what it does, or change the code; if another use case answers for this file, correct \`covers\`.`;
}

function describeState(state: FactState | undefined): string {
  if (state === undefined) return 'nothing';
  if (state.kind === 'number') return `\`${state.value}\``;
  if (state.kind === 'one') return state.possible.map((value) => `\`${value}\``).join(' or ');
  const open = state.possible === 'any' ? [] : state.possible;
  const values = [...state.includes, ...open].map((value) => `\`${value}\``);
  return values.length === 0 ? 'none' : values.join(', ');
}
