import type { FactState } from '../facts/fact.ts';
import type { Truth } from '../facts/truth.ts';
import type { FactTest } from './condition.ts';
import type { FactDomain } from './fact-domain.ts';

/**
 * The ways in which a fact may turn out, as far as some tests can tell them apart: each world is a bit mask, bit n set where
 * test n holds. One world: the fact settles every test. At most 30 tests.
 */
export function worldsOf(
  state: FactState | undefined,
  tests: readonly FactTest[],
  domain: FactDomain,
): readonly number[] {
  if (domain.kind === 'number') return numberWorlds(state, tests);
  const maskOf = maskReader(tests);
  if (domain.kind === 'many') return manyWorlds(state, maskOf, domain.values);
  // No value left is a contradiction, which settles nothing.
  const isKnown = state?.kind === 'one' && state.possible.length > 0;
  return distinct((isKnown ? state.possible : domain.values).flatMap((value) => masksOf(value, domain, maskOf)));
}

/** Of a value that leaves the fact open: one mask for each value that may be the case beside it. */
function masksOf(value: string, { values, leavesOpen }: FactDomain, maskOf: (value: string) => number): number[] {
  if (!leavesOpen.includes(value)) return [maskOf(value)];
  return values.filter((other) => !leavesOpen.includes(other)).map((other) => maskOf(value) | maskOf(other));
}

/** What the worlds say of one test. */
export function truthIn(worlds: readonly number[], test: number): Truth {
  const bit = 1 << test;
  const holds = worlds.filter((world) => (world & bit) !== 0).length;
  if (holds === 0) return 'false';
  return holds === worlds.length ? 'true' : 'unknown';
}

function maskReader(tests: readonly FactTest[]): (value: string) => number {
  return (value) => tests.reduce((mask, test, bit) => (testsFor(test, value) ? mask | (1 << bit) : mask), 0);
}

function testsFor(test: FactTest, value: string): boolean {
  return test.op === 'in' && test.values.includes(value);
}

function manyWorlds(
  state: FactState | undefined,
  maskOf: (value: string) => number,
  every: readonly string[],
): readonly number[] {
  if (state?.kind !== 'many') return unions(0, distinct(every.map(maskOf)), false);
  const open = state.possible === 'any' ? every : state.possible;
  const certain = state.includes.reduce((mask, value) => mask | maskOf(value), 0);
  const possible = open.filter((value) => !state.excludes.includes(value) && !state.includes.includes(value));
  const mustChoose = state.atLeastOne && possible.length > 0;
  return unions(certain, distinct(possible.map(maskOf)), mustChoose);
}

/** `certain` with every choice out of `options`; with `mustChoose`, at least one of them. */
function unions(certain: number, options: readonly number[], mustChoose: boolean): readonly number[] {
  const worlds = new Set(mustChoose ? [] : [certain]);
  for (const option of options) {
    for (const world of [...worlds]) worlds.add(world | option);
    worlds.add(certain | option);
  }
  return [...worlds];
}

function numberWorlds(state: FactState | undefined, tests: readonly FactTest[]): readonly number[] {
  const limits = tests.flatMap((test) => (test.op === 'in' ? [] : [test.limit]));
  // One number below all limits, and each limit itself: between two limits nothing changes.
  const values = state?.kind === 'number' ? [state.value] : [Number.NEGATIVE_INFINITY, ...limits];
  return distinct(
    values.map((value) => tests.reduce((mask, test, bit) => (holdsFor(test, value) ? mask | (1 << bit) : mask), 0)),
  );
}

function holdsFor(test: FactTest, value: number): boolean {
  if (test.op === 'in') return false;
  return test.op === 'below' ? value < test.limit : value >= test.limit;
}

function distinct(masks: readonly number[]): readonly number[] {
  return [...new Set(masks)].sort((a, b) => a - b);
}
