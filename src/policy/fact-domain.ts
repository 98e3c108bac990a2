import { type FactName, VOCABULARY } from '../facts/vocabulary.ts';

/** How many values a fact has, and which; a boolean is one of `true` and `false`. */
export interface FactDomain {
  readonly kind: 'one' | 'many' | 'number';
  /** None for numbers. */
  readonly values: readonly string[];
}

/** The domain of a fact of the vocabulary. */
export function domainOf(fact: FactName): FactDomain {
  const { kind, values } = VOCABULARY[fact];
  return { kind: kind === 'boolean' ? 'one' : kind, values: Object.keys(values) };
}
