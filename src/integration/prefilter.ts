import type { Catalog } from './catalog.ts';
import { type Condition, type Needle, otherConditions, sourceConditions } from './needles.ts';
import { wordFinder } from './word-finder.ts';

/** Says by its bytes alone whether a file can hold an integration. */
export interface Prefilter {
  /** False means that no scanner can find anything. */
  mayHold(bytes: Buffer): boolean;
}

/** The prefilters of source code and of all other files. */
export function makePrefilters(catalog: Catalog): { readonly source: Prefilter; readonly other: Prefilter } {
  return { source: makePrefilter(sourceConditions(catalog)), other: makePrefilter(otherConditions(catalog)) };
}

/**
 * One pass over the bytes finds every needle; most files have none. For the few that have one, what else must be there is looked for.
 */
function makePrefilter(conditions: readonly Condition[]): Prefilter {
  const literals = [...new Set(conditions.flatMap(({ any }) => any.map(({ literal }) => literal)))].filter(
    (one) => one !== '',
  );
  const finder = wordFinder(literals);
  const indices = new Map(literals.map((literal, index) => [literal, index]));
  const indexed = conditions.map(({ any, also }) => ({
    also,
    any: any.map((needle) => ({ needle, index: indices.get(needle.literal) ?? -1 })),
  }));

  function mayHold(bytes: Buffer): boolean {
    const found = finder.find(bytes);
    if (found.size === 0) return false;
    const has = memory(bytes.toString('latin1').toLowerCase());
    return indexed.some(
      ({ any, also }) =>
        any.some(({ needle, index }) => found.has(index) && isThere(needle, has)) &&
        (also === undefined || also.some((texts) => texts.every(has.text))),
    );
  }

  return { mayHold };
}

interface Memory {
  readonly text: (text: string) => boolean;
  readonly as: (expression: RegExp) => boolean;
}

/** Asks a text each question once: many needles want the same. */
function memory(lower: string): Memory {
  const texts = new Map<string, boolean>();
  return {
    as: (expression) => expression.test(lower),
    text(text) {
      const known = texts.get(text) ?? lower.includes(text);
      texts.set(text, known);
      return known;
    },
  };
}

function isThere(needle: Needle, has: Memory): boolean {
  return (needle.with ?? []).every(has.text) && (needle.as === undefined || has.as(needle.as));
}
