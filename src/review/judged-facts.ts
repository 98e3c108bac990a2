import type { UseCase } from '../declaration/use-case.ts';
import type { Fact, FactState, Facts, Origin } from '../facts/fact.ts';
import { mergeFacts } from '../facts/merge-facts.ts';
import { isFactName, VOCABULARY } from '../facts/vocabulary.ts';
import type { Integration } from '../integration/integration.ts';
import { certainValues, type SeenValue } from './seen-facts.ts';

/** Ways in which paper and code may differ that are judged one by one; beyond that, "either may be the case" is judged. */
const MAX_VARIANTS = 16;

/** What the policies judge of one use case: the services and the facts, of declaration and code together. */
export interface JudgedFacts {
  readonly services: readonly string[];
  /**
   * One entry in the common case. Where code shows another value than the declaration of a fact that has exactly one, both happen: the
   * rules judge each way, and the worst counts.
   */
  readonly variants: readonly Facts[];
}

/** The union of what is declared and what integrations certainly show. */
export function judgedFacts(useCase: UseCase, integrations: readonly Integration[]): JudgedFacts {
  const seen = certainValues(integrations).filter(({ name }) => isFactName(name));
  const services = integrations.filter(({ certainty }) => certainty === 'seen').map(({ service }) => service);
  return { services: [...new Set([...useCase.services, ...services])], variants: variantsOf(useCase.facts, seen) };
}

function variantsOf(declared: Facts, seen: readonly SeenValue[]): readonly Facts[] {
  const single = new Map<string, Fact[]>();
  const many = new Map<string, Fact>();
  for (const value of seen) {
    if (kindOf(value.name) === 'many') many.set(value.name, addValue(many.get(value.name), value));
    else
      single.set(value.name, [...(single.get(value.name) ?? []), { state: stateOf(value), origins: originsOf(value) }]);
  }
  const merged = mergeFacts(declared, many);
  const choices = [...single].map(([name, facts]) => ({ name, facts: choicesOf(declared.get(name), facts) }));
  if (choices.reduce((product, { facts }) => product * facts.length, 1) > MAX_VARIANTS) {
    return [choices.reduce((facts, choice) => withFact(facts, choice.name, either(choice.facts)), merged)];
  }
  return choices.reduce<readonly Facts[]>(
    (variants, { name, facts }) => variants.flatMap((variant) => facts.map((fact) => withFact(variant, name, fact))),
    [merged],
  );
}

function kindOf(name: string): 'one' | 'many' | 'number' {
  const kind = isFactName(name) ? VOCABULARY[name].kind : 'many';
  return kind === 'boolean' ? 'one' : kind;
}

function addValue(before: Fact | undefined, value: SeenValue): Fact {
  const includes = before?.state.kind === 'many' ? before.state.includes : [];
  return {
    state: { kind: 'many', includes: [...includes, String(value.value)], possible: [], excludes: [], atLeastOne: true },
    origins: [...(before?.origins ?? []), ...originsOf(value)],
  };
}

function stateOf({ value }: SeenValue): FactState {
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'one', possible: [value] };
}

function originsOf({ integrations }: SeenValue): readonly Origin[] {
  return integrations.map(({ path, range }) => ({ source: 'code', place: { path, range } }));
}

/** What is declared stays a way of its own unless the code says the same, or only which of the declared possibilities it is. */
function choicesOf(declared: Fact | undefined, seen: readonly Fact[]): readonly Fact[] {
  if (declared === undefined) return seen;
  const added = seen.filter(({ state }) => !agrees(declared.state, state));
  if (added.length === seen.length) return [declared, ...added];
  const confirmed = seen.filter(({ state }) => agrees(declared.state, state));
  return [...confirmed.map((fact) => ({ ...fact, origins: [...declared.origins, ...fact.origins] })), ...added];
}

/** Whether code shows no more than what is declared. */
export function agrees(declared: FactState, seen: FactState): boolean {
  if (declared.kind === 'number') return seen.kind === 'number' && seen.value === declared.value;
  return (
    declared.kind === 'one' && seen.kind === 'one' && seen.possible.every((value) => declared.possible.includes(value))
  );
}

/** Any of the values, not known which; of numbers there is no way to say so, and the fact is unknown. */
function either(facts: readonly Fact[]): Fact | undefined {
  const [first] = facts;
  if (first === undefined || facts.length === 1) return first;
  if (first.state.kind === 'number') return undefined;
  const values = facts.flatMap(({ state }) => (state.kind === 'one' ? state.possible : []));
  return { state: { kind: 'one', possible: [...new Set(values)] }, origins: facts.flatMap(({ origins }) => origins) };
}

function withFact(facts: Facts, name: string, fact: Fact | undefined): Facts {
  const changed = new Map(facts);
  if (fact === undefined) changed.delete(name);
  else changed.set(name, fact);
  return changed;
}
