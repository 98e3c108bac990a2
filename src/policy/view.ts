import type { Facts } from '../facts/fact.ts';
import { includesAny } from '../facts/includes-any.ts';
import type { Truth } from '../facts/truth.ts';
import { type KnownFacts, type LeafTable, leafAt } from './expression.ts';
import { truthIn, worldsOf } from './worlds.ts';

/** What is known when a pack is evaluated: the facts of one use case, and how open interpretations are settled. */
export interface View {
  readonly facts: Facts;
  /** The truth of one of the pack's leaves. */
  truthOf(leaf: number): Truth;
  /** Whether anything is known of the fact that these leaves test. */
  isStated(leaves: readonly number[]): boolean;
  /** The worlds of a fact as these of its leaves can tell them apart; bit n belongs to the n-th of them. */
  worldsOf(leaves: readonly number[]): readonly number[];
  /** Does the disputed reading apply? Undefined while nobody has settled it. */
  settled(interpretation: string): boolean | undefined;
}

/** Sees the facts, which may not change any more, through a table's leaves. What is asked twice is worked out once. */
export function createView(
  table: LeafTable,
  facts: Facts,
  settled: (interpretation: string) => boolean | undefined,
): View {
  const { truths, worlds } = knownOf(facts, table);
  const readWorlds = (leaves: readonly number[]) => {
    const { fact, domain } = leafAt(table, leaves[0] ?? -1);
    const tests = leaves.map((leaf) => leafAt(table, leaf).test);
    return worldsOf(facts.get(fact)?.state, tests, domain);
  };
  const readTruth = (leaf: number) => {
    const { fact, test, domain, unstated } = leafAt(table, leaf);
    const state = facts.get(fact)?.state;
    if (state === undefined) return unstated;
    if (test.op !== 'in' || domain.leavesOpen.length > 0) return truthIn(readWorlds([leaf]), 0);
    const quick = includesAny(state, test.values);
    // Of a set that is open to the whole vocabulary, the query does not know what the whole vocabulary is.
    const isRough = quick === 'unknown' && state.kind === 'many' && state.possible === 'any';
    return isRough ? truthIn(readWorlds([leaf]), 0) : quick;
  };
  return {
    facts,
    settled,
    truthOf(leaf) {
      truths[leaf] ??= readTruth(leaf);
      return truths[leaf];
    },
    isStated: ([leaf = -1]) => facts.has(leafAt(table, leaf).fact),
    worldsOf(leaves) {
      const key = leaves.join();
      const known = worlds.get(key) ?? readWorlds(leaves);
      worlds.set(key, known);
      return known;
    },
  };
}

function knownOf(facts: Facts, { known }: LeafTable): KnownFacts {
  const found = known.get(facts);
  if (found !== undefined) return found;
  const made: KnownFacts = { truths: [], worlds: new Map() };
  known.set(facts, made);
  return made;
}
