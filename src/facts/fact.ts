import type { Place } from '../document/place.ts';

/**
 * What is known of one fact of one use case. A fact that is not stated has no state at all: it is unknown.
 *
 * - `one`: exactly one value, out of `possible` (booleans are `one` with the values `true` and `false`).
 * - `many`: a set of values. `includes` are certain; `possible` may apply as well (`any`: every value of the vocabulary);
 *   `excludes` do not apply; nothing else applies. `atLeastOne`: at least one of `possible` applies, not known which.
 *   A complete list has `possible: []`.
 * - `number`: a number.
 */
export type FactState =
  | { readonly kind: 'one'; readonly possible: readonly string[] }
  | {
      readonly kind: 'many';
      readonly includes: readonly string[];
      readonly possible: readonly string[] | 'any';
      readonly excludes: readonly string[];
      readonly atLeastOne: boolean;
    }
  | { readonly kind: 'number'; readonly value: number };

/** Where a fact was stated (a declaration), seen (code), or supposed (a what-if question). */
export interface Origin {
  readonly source: 'declaration' | 'code' | 'what_if';
  readonly place?: Place;
}

export interface Fact {
  readonly state: FactState;
  readonly origins: readonly Origin[];
}

/** The facts of one use case by fact name (`operator`, `capability`, …). A name that is absent is unknown. */
export type Facts = ReadonlyMap<string, Fact>;
