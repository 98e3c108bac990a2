import type { Fact, FactState, Facts } from './fact.ts';

type Many = Extract<FactState, { kind: 'many' }>;

/**
 * What a declaration says and what code shows, together: code outranks paper, so that a value seen in code is added to
 * what is declared and never taken away by it. Where code and declaration give different values of a fact that has
 * exactly one, either may be the case; a number that code shows replaces the declared one. Origins of both are kept.
 */
export function mergeFacts(declared: Facts, seen: Facts): Facts {
  const merged = new Map(declared);
  for (const [name, fact] of seen) {
    const before = merged.get(name);
    merged.set(name, before ? mergeFact(before, fact) : openFact(fact));
  }
  return merged;
}

/** Code shows some of what a use case does, never that it does nothing else. */
function openFact(seen: Fact): Fact {
  const { state } = seen;
  return state.kind === 'many' ? { ...seen, state: { ...state, possible: 'any' } } : seen;
}

function mergeFact(declared: Fact, seen: Fact): Fact {
  const origins = [...declared.origins, ...seen.origins];
  return { state: mergeStates(declared.state, seen.state), origins };
}

function mergeStates(declared: FactState, seen: FactState): FactState {
  if (declared.kind === 'many' && seen.kind === 'many') return mergeSets(declared, seen);
  if (declared.kind === 'one' && seen.kind === 'one') {
    const isNarrower = seen.possible.every((value) => declared.possible.includes(value));
    return isNarrower ? seen : { kind: 'one', possible: union(declared.possible, seen.possible) };
  }
  return seen;
}

function mergeSets(declared: Many, seen: Many): Many {
  const includes = union(declared.includes, seen.includes);
  const isNew = (value: string) => !includes.includes(value);
  const isChosen = declared.possible !== 'any' && declared.possible.some((value) => seen.includes.includes(value));
  return {
    kind: 'many',
    includes,
    possible: declared.possible === 'any' ? 'any' : declared.possible.filter(isNew),
    excludes: declared.excludes.filter(isNew),
    atLeastOne: declared.atLeastOne && !isChosen,
  };
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
