import type { FactName } from '../facts/vocabulary.ts';

/** What a fact is tested for. Of a fact that holds several values, `in` asks whether any of the values applies. */
export type FactTest =
  | { readonly op: 'in'; readonly values: readonly string[] }
  | { readonly op: 'below'; readonly limit: number }
  | { readonly op: 'at_least'; readonly limit: number };

/**
 * A condition over facts, as data. A condition is one of seven things, and there are no others:
 *
 * - `fact`: a fact has one of the values (`below`, `at_least` for numbers);
 * - `all`, `any`, `not`: Kleene's conjunction, disjunction and negation;
 * - `definition`: a condition that the pack names once and uses in several rules;
 * - `interpretation`: an open question of the clause's reading. Where `when` holds, a person has to say whether the disputed
 *   reading applies; until a configuration settles it, the condition is unknown. Where `when` does not hold, it is false;
 * - `exception`: true where `when` is certain, false where nothing certain supports it: an exception must be claimed.
 *   With `interpretation`, a certain exception still is an open question.
 */
export type Condition =
  | { readonly op: 'fact'; readonly fact: FactName; readonly test: FactTest }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'definition'; readonly name: string; readonly of: Condition }
  | { readonly op: 'interpretation'; readonly name: string; readonly when: Condition }
  | {
      readonly op: 'exception';
      readonly name: string;
      readonly when: Condition;
      readonly interpretation?: string;
    };

/** The conditions directly inside a condition. */
export function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.op) {
    case 'fact':
      return [];
    case 'all':
    case 'any':
      return condition.of;
    case 'not':
    case 'definition':
      return [condition.of];
    case 'interpretation':
    case 'exception':
      return [condition.when];
  }
}

/** Calls `visit` for a condition and for everything inside it, outer before inner. */
export function walk(condition: Condition, visit: (condition: Condition) => void): void {
  visit(condition);
  for (const part of partsOf(condition)) walk(part, visit);
}

/** The open questions that a condition may come upon, each once, in order of their first use. */
export function interpretationsOf(condition: Condition): readonly string[] {
  const names = new Set<string>();
  walk(condition, (part) => {
    if (part.op === 'interpretation') names.add(part.name);
    if (part.op === 'exception' && part.interpretation !== undefined) names.add(part.interpretation);
  });
  return [...names];
}

/** How many conditions a condition is made of, definitions filled in. Linear, though shared definitions count at each use. */
export function sizeOf(condition: Condition, known = new Map<Condition, number>()): number {
  const before = known.get(condition);
  if (before !== undefined) return before;
  const size = partsOf(condition).reduce((sum, part) => sum + sizeOf(part, known), 1);
  known.set(condition, size);
  return size;
}
