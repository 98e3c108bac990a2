import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactState } from '../../src/facts/fact.ts';
import { includesAny } from '../../src/facts/includes-any.ts';
import { mergeFacts } from '../../src/facts/merge-facts.ts';
import type { Truth } from '../../src/facts/truth.ts';

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

describe('whether a value applies', () => {
  it('is answered as in every world that the state leaves open', () => {
    fc.assert(
      fc.property(fc.oneof(oneState, listState), subset, (state, values) => {
        const hasAny = (world: readonly string[]) => values.some((value) => world.includes(value));
        expect(includesAny(state, values)).toBe(truthIn(worldsOf(state), hasAny));
      }),
      { numRuns: 3000 },
    );
  });

  it('is unknown of a fact of which nothing is known, and of an open set but for what it excludes', () => {
    const open: FactState = { kind: 'many', includes: [], possible: 'any', excludes: ['d'], atLeastOne: true };
    expect([includesAny(undefined, ['a']), includesAny(open, ['a']), includesAny(open, ['d'])]).toEqual([
      'unknown',
      'unknown',
      'false',
    ]);
    expect(includesAny({ kind: 'number', value: 1 }, ['a'])).toBe('false');
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
