import type { FactState } from './fact.ts';
import type { Truth } from './truth.ts';

type Many = Extract<FactState, { kind: 'many' }>;

/**
 * Whether at least one of `values` applies; of a fact with exactly one value, whether it is one of them. Of what is not known:
 * unknown. Exact: `unknown` only where the state leaves both answers open.
 */
export function includesAny(state: FactState | undefined, values: readonly string[]): Truth {
  if (!state) return 'unknown';
  if (state.kind === 'number') return 'false';
  return state.kind === 'one' ? isOneOf(state.possible, values) : manyInclude(state, values);
}

function isOneOf(possible: readonly string[], values: readonly string[]): Truth {
  const hits = possible.filter((value) => values.includes(value)).length;
  if (hits === 0) return 'false';
  return hits === possible.length ? 'true' : 'unknown';
}

function manyInclude(state: Many, values: readonly string[]): Truth {
  if (values.some((value) => state.includes.includes(value))) return 'true';
  if (!values.some((value) => isOpen(state, value))) return 'false';
  return isForcedInto(state, values) ? 'true' : 'unknown';
}

/** Neither certain nor excluded. */
function isOpen(state: Many, value: string): boolean {
  return !state.excludes.includes(value) && (state.possible === 'any' || state.possible.includes(value));
}

/** At least one of the possible values applies, and all of them are among `values`. */
function isForcedInto(state: Many, values: readonly string[]): boolean {
  if (!state.atLeastOne || state.possible === 'any') return false;
  return state.possible.every((value) => values.includes(value));
}
