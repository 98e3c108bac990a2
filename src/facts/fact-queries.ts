import type { FactState } from './fact.ts';
import { type Truth, truthOf } from './truth.ts';

type Many = Extract<FactState, { kind: 'many' }>;

/** Whether a fact with exactly one value has one of `values`. Nothing known: unknown. Also right for facts with many values. */
export function isOneOf(state: FactState | undefined, values: readonly string[]): Truth {
  if (!state) return 'unknown';
  if (state.kind === 'number') return 'false';
  if (state.kind === 'many') return includesAny(state, values);
  const hits = state.possible.filter((value) => values.includes(value)).length;
  if (hits === 0) return 'false';
  return hits === state.possible.length ? 'true' : 'unknown';
}

/** Whether at least one of `values` applies. Nothing known: unknown. Also right for facts with exactly one value. */
export function includesAny(state: FactState | undefined, values: readonly string[]): Truth {
  if (state?.kind !== 'many') return isOneOf(state, values);
  if (values.some((value) => state.includes.includes(value))) return 'true';
  const open = values.filter((value) => mayInclude(state, value));
  if (open.length === 0) return 'false';
  return isForcedInto(state, values) ? 'true' : 'unknown';
}

/** Whether every one of `values` applies (true of none). Nothing known: unknown. */
export function includesAll(state: FactState | undefined, values: readonly string[]): Truth {
  const truths = values.map((value) => includesAny(state, [value]));
  if (truths.includes('false')) return 'false';
  return truths.includes('unknown') ? 'unknown' : 'true';
}

/** Whether no value applies at all: `capability: []`. A fact with exactly one value is never empty. */
export function isEmpty(state: FactState | undefined): Truth {
  if (!state) return 'unknown';
  if (state.kind !== 'many' || state.includes.length > 0 || state.atLeastOne) return 'false';
  return state.possible.length === 0 ? 'true' : 'unknown';
}

/** Whether something outside `values` applies: `deployment_countries` other than the US. Nothing known: unknown. */
export function includesOther(state: FactState | undefined, values: readonly string[]): Truth {
  if (!state) return 'unknown';
  if (state.kind === 'number') return 'false';
  if (state.kind === 'one') {
    const inside = state.possible.filter((value) => values.includes(value)).length;
    if (inside === 0) return 'true';
    return inside === state.possible.length ? 'false' : 'unknown';
  }
  if (state.includes.some((value) => !values.includes(value))) return 'true';
  if (state.possible !== 'any' && state.possible.every((value) => values.includes(value))) return 'false';
  const isForcedOut = state.atLeastOne && !values.some((value) => mayInclude(state, value));
  return isForcedOut ? 'true' : 'unknown';
}

/** Whether a number is at least `minimum`. Nothing known: unknown. */
export function isAtLeast(state: FactState | undefined, minimum: number): Truth {
  if (!state) return 'unknown';
  return truthOf(state.kind === 'number' && state.value >= minimum);
}

/** Whether a value is open: neither certain nor excluded. */
function mayInclude(state: Many, value: string): boolean {
  if (state.excludes.includes(value) || state.includes.includes(value)) return false;
  return state.possible === 'any' || state.possible.includes(value);
}

/** At least one of the possible values applies, and all of them are among `values`. */
function isForcedInto(state: Many, values: readonly string[]): boolean {
  if (!state.atLeastOne || state.possible === 'any') return false;
  return state.possible.every((value) => values.includes(value));
}
