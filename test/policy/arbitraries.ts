import fc from 'fast-check';
import type { Fact, FactState, Facts } from '../../src/facts/fact.ts';
import { FACT_NAMES, type FactName, VOCABULARY, valuesOf } from '../../src/facts/vocabulary.ts';

/** Any state that a declaration can give a fact; of long vocabularies, some values only. */
export function factState(name: FactName): fc.Arbitrary<FactState> {
  const { kind } = VOCABULARY[name];
  if (kind === 'number') return fc.double({ min: 0, max: 1, noNaN: true }).map((value) => ({ kind: 'number', value }));
  const values =
    valuesOf(name).length > 60 ? ['US', 'FR', 'DE', 'BR', 'US-IL', 'US-WA'].filter(isValue(name)) : valuesOf(name);
  if (kind !== 'many') {
    return fc
      .subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) })
      .map((possible) => ({ kind: 'one', possible }));
  }
  return fc
    .record({
      sets: fc.array(fc.constantFrom('in', 'maybe', 'out', 'out', 'out'), {
        minLength: values.length,
        maxLength: values.length,
      }),
      isOpen: fc.nat({ max: 9 }).map((chance) => chance === 0),
      atLeastOne: fc.boolean(),
    })
    .map(({ sets, isOpen, atLeastOne }) => manyState(values, sets, isOpen, atLeastOne));
}

function isValue(name: FactName): (value: string) => boolean {
  return (value) => valuesOf(name).includes(value);
}

function manyState(
  values: readonly string[],
  sets: readonly string[],
  isOpen: boolean,
  atLeastOne: boolean,
): FactState {
  const chosen = (set: string) => values.filter((_, index) => sets[index] === set);
  const includes = chosen('in');
  const possible = isOpen ? ('any' as const) : chosen('maybe');
  const excludes = isOpen ? chosen('out').slice(0, 3) : [];
  return {
    kind: 'many',
    includes,
    possible,
    excludes,
    atLeastOne: atLeastOne && possible.length > 0,
  };
}

/** Facts of a use case; each is left out in about half of the cases. */
export function useCaseFacts(names: readonly FactName[] = FACT_NAMES): fc.Arbitrary<Facts> {
  const each = names.map((name) =>
    fc.option(factState(name), { nil: undefined, freq: 2 }).map((state) => [name, state] as const),
  );
  return fc.tuple(...each).map(factsOf);
}

/** Facts with these states, without origins. */
export function factsOf(states: readonly (readonly [string, FactState | undefined])[]): Facts {
  return new Map(
    states.flatMap(([name, state]) => (state === undefined ? [] : [[name, { state, origins: [] } as Fact] as const])),
  );
}

/** One value, or one set of values, that a state admits: the fact as a person would state it who knows. */
export function settledState(name: FactName, state: FactState | undefined): fc.Arbitrary<FactState> {
  const { kind } = VOCABULARY[name];
  if (state?.kind === 'number') return fc.constant(state);
  if (kind === 'number') return fc.constantFrom(0, 0.5, 0.989, 0.99, 1).map((value) => ({ kind: 'number', value }));
  if (kind !== 'many') {
    const { leavesOpen = [] } = VOCABULARY[name];
    const telling = valuesOf(name).filter((value) => !leavesOpen.includes(value));
    const possible = state?.kind === 'one' ? state.possible : valuesOf(name);
    const isOpen = possible.some((value) => leavesOpen.includes(value));
    return fc.constantFrom(...(isOpen ? telling : possible)).map((value) => ({ kind: 'one', possible: [value] }));
  }
  return settledSet(valuesOf(name), state);
}

function settledSet(all: readonly string[], state: FactState | undefined): fc.Arbitrary<FactState> {
  const many = state?.kind === 'many' ? state : undefined;
  const includes = many?.includes ?? [];
  const open = many === undefined || many.possible === 'any' ? all : many.possible;
  const possible = open.filter((value) => !includes.includes(value) && !many?.excludes.includes(value));
  const least = many?.atLeastOne && possible.length > 0 ? 1 : 0;
  return fc.subarray([...possible], { minLength: least }).map((more) => ({
    kind: 'many',
    includes: [...includes, ...more],
    possible: [],
    excludes: [],
    atLeastOne: false,
  }));
}
