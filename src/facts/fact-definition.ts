/** One fact of the vocabulary: what may be stated of a use case, what it means, and whose term it is. */
export interface FactDefinition {
  /** `one`: exactly one value applies. `many`: any number of values apply. */
  readonly kind: 'one' | 'many' | 'boolean' | 'number';
  /** What a person is asked to learn the fact. */
  readonly question: string;
  /** Each allowed value with its one-line definition; `true` and `false` for booleans, none for numbers. */
  readonly values: Readonly<Record<string, string>>;
  /** Of a fact with one value: those that say that nobody can tell, or several at once; any other may be the case beside them. */
  readonly leavesOpen?: readonly string[];
  /** For numbers: the smallest and the largest allowed, both included. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** Where the terms come from: the standard, law or clause that the values follow. */
  readonly sources: readonly string[];
}

export const YES_NO = { true: 'Yes', false: 'No' } as const;
