import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactState } from '../../src/facts/fact.ts';
import { includesAll, includesAny, includesOther, isEmpty, isOneOf } from '../../src/facts/fact-queries.ts';
import { mergeFacts } from '../../src/facts/merge-facts.ts';
import { and, not, or, type Truth } from '../../src/facts/truth.ts';

const TRUTHS: readonly Truth[] = ['true', 'false', 'unknown'];
const VALUES = ['a', 'b', 'c', 'd'] as const;

/** Every set of values. */
const SETS = Array.from({ length: 1 << VALUES.length }, (_, bits) => VALUES.filter((_, index) => bits & (1 << index)));

/** The sets that a state leaves open: the meaning of a state, written out. */
function worldsOf(state: FactState): readonly (readonly string[])[] {
  if (state.kind === 'number') return [];
  if (state.kind === 'one') return state.possible.map((value) => [value]);
  return SETS.filter((set) => {
    const isAllowed = (value: string) => {
      if (state.includes.includes(value)) return true;
      return !state.excludes.includes(value) && (state.possible === 'any' || state.possible.includes(value));
    };
    const hasIncluded = state.includes.every((value) => set.some((other) => other === value));
    return (
      hasIncluded && set.every(isAllowed) && (!state.atLeastOne || set.some((value) => !state.includes.includes(value)))
    );
  });
}

function truthIn(worlds: readonly (readonly string[])[], question: (world: readonly string[]) => boolean): Truth {
  const answers = new Set(worlds.map(question));
  if (answers.size === 2) return 'unknown';
  return answers.has(true) ? 'true' : 'false';
}

const subset = fc.subarray([...VALUES]);
const oneState: fc.Arbitrary<FactState> = fc
  .subarray([...VALUES], { minLength: 1 })
  .map((possible) => ({ kind: 'one', possible }));
const listState: fc.Arbitrary<FactState> = fc
  .record({ includes: subset, possible: subset, excludes: subset, atLeastOne: fc.boolean() })
  .map(({ includes, possible, excludes, atLeastOne }) => {
    const open = possible.filter((value) => !includes.includes(value));
    const banned = excludes.filter((value) => !includes.includes(value) && !open.includes(value));

    return {
      kind: 'many',
      includes,
      possible: open,
      excludes: banned,
      atLeastOne: atLeastOne && open.length > 0,
    };
  });

describe("Kleene's logic", () => {
  it('is the weakest answer that both operands allow', () => {
    const order: Record<Truth, number> = { false: 0, unknown: 1, true: 2 };
    for (const a of TRUTHS) {
      expect(not(not(a))).toBe(a);
      for (const b of TRUTHS) {
        expect(order[and([a, b])]).toBe(Math.min(order[a], order[b]));
        expect(order[or([a, b])]).toBe(Math.max(order[a], order[b]));
        expect(not(and([a, b]))).toBe(or([not(a), not(b)]));
      }
    }
    expect([and([]), or([])]).toEqual(['true', 'false']);
  });
});

describe('questions to a state', () => {
  it('are answered as in every world that the state leaves open', () => {
    fc.assert(
      fc.property(fc.oneof(oneState, listState), subset, (state, values) => {
        const worlds = worldsOf(state);
        const has = (world: readonly string[]) => (value: string) => world.includes(value);
        expect(includesAny(state, values)).toBe(truthIn(worlds, (world) => values.some(has(world))));
        expect(includesOther(state, values)).toBe(
          truthIn(worlds, (world) => world.some((value) => !values.some((known) => known === value))),
        );
        expect(isEmpty(state)).toBe(truthIn(worlds, (world) => world.length === 0));
        if (state.kind === 'one')
          expect(isOneOf(state, values)).toBe(truthIn(worlds, (world) => values.some(has(world))));
        const all = includesAll(state, values);
        if (all !== 'unknown') expect(all).toBe(truthIn(worlds, (world) => values.every(has(world))));
      }),
      { numRuns: 3000 },
    );
  });

  it('are unknown of a fact of which nothing is known, and of an open set', () => {
    const open: FactState = { kind: 'many', includes: [], possible: 'any', excludes: ['d'], atLeastOne: true };
    for (const ask of [isOneOf, includesAny, includesOther])
      expect([ask(undefined, ['a']), ask(open, ['a'])]).toEqual(['unknown', 'unknown']);
    expect(includesAny(open, ['d'])).toBe('false');
    expect(includesOther(open, ['d'])).toBe('true');
    expect([isEmpty(undefined), isEmpty(open)]).toEqual(['unknown', 'false']);
  });
});

describe('what code shows', () => {
  const certain = subset.map(
    (includes): FactState => ({ kind: 'many', includes, possible: [], excludes: [], atLeastOne: false }),
  );
  const merge = (declared: FactState | undefined, seen: FactState) => {
    const facts = (state: FactState | undefined) => new Map(state ? [['f', { state, origins: [] }]] : []);
    return mergeFacts(facts(declared), facts(seen)).get('f')?.state;
  };

  it('is added to what is declared, and takes nothing away', () => {
    fc.assert(
      fc.property(listState, certain, (declared, seen) => {
        const merged = merge(declared, seen);
        for (const value of VALUES) {
          const [paper, code] = [includesAny(declared, [value]), includesAny(seen, [value])];
          const both = includesAny(merged, [value]);
          if (paper === 'true' || code === 'true') expect(both).toBe('true');
          else expect(both).toBe(paper === 'unknown' ? 'unknown' : 'false');
        }
      }),
    );
  });

  it('is some of what an undeclared use does, never all', () => {
    const seen: FactState = { kind: 'many', includes: ['a'], possible: [], excludes: [], atLeastOne: false };
    expect(merge(undefined, seen)).toEqual({ ...seen, possible: 'any' });
  });

  it('leaves open which of two contradicting values is the case', () => {
    expect(merge({ kind: 'one', possible: ['a'] }, { kind: 'one', possible: ['b'] })).toEqual({
      kind: 'one',
      possible: ['a', 'b'],
    });
    expect(merge({ kind: 'one', possible: ['a', 'b'] }, { kind: 'one', possible: ['b'] })).toEqual({
      kind: 'one',
      possible: ['b'],
    });
    expect(merge({ kind: 'number', value: 0.99 }, { kind: 'number', value: 0.5 })).toEqual({
      kind: 'number',
      value: 0.5,
    });
  });

  it('keeps the origins of both', () => {
    const fact = (source: 'declaration' | 'code') =>
      new Map([['f', { state: { kind: 'one', possible: ['a'] } as const, origins: [{ source }] }]]);
    expect(mergeFacts(fact('declaration'), fact('code')).get('f')?.origins).toEqual([
      { source: 'declaration' },
      { source: 'code' },
    ]);
  });
});
