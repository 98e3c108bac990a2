import { type FactName, VOCABULARY } from '../facts/vocabulary.ts';

/** How many values a fact has, and which; a boolean is one of `true` and `false`. */
export interface FactDomain {
  readonly kind: 'one' | 'many' | 'number';
  /** None for numbers. */
  readonly values: readonly string[];
  /** Values beside which any of the others may be the case. */
  readonly leavesOpen: readonly string[];
}

/** The domain of a fact of the vocabulary. */
export function domainOf(fact: FactName): FactDomain {
  const { kind, values, leavesOpen = [] } = VOCABULARY[fact];
  return { kind: kind === 'boolean' ? 'one' : kind, values: Object.keys(values), leavesOpen };
}
