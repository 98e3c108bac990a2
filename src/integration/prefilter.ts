import type { Catalog } from './catalog.ts';
import { type Condition, type Needle, otherConditions, sourceConditions } from './needles.ts';
import { type Comparison, type WordFinder, wordFinder } from './word-finder.ts';

/** Says by its bytes alone whether a file can hold an integration. */
export interface Prefilter {
  /** False means that no scanner can find anything. */
  mayHold(bytes: Buffer): boolean;
}

/** The prefilters of source code and of all other files. */
export function makePrefilters(catalog: Catalog): { readonly source: Prefilter; readonly other: Prefilter } {
  return {
    source: onDemand(() => makePrefilter(sourceConditions(catalog))),
    other: onDemand(() => makePrefilter(otherConditions(catalog))),
  };
}

/** Made when the first file is asked about: a thread may meet files of one sort only. */
function onDemand(make: () => Prefilter): Prefilter {
  let made: Prefilter | undefined;
  return {
    mayHold(bytes) {
      made ??= make();
      return made.mayHold(bytes);
    },
  };
}

const LITERALS: Comparison = { short: 5, same: '-_.', passedOver: '' };
/** As `normalise` compares. */
const FURTHER: Comparison = { short: 0, same: '', passedOver: '_-$@' };

/** A needle with the condition that it is part of. Texts are indices of the second finder. */
interface Clue {
  readonly needle: Needle;
  readonly with: readonly number[];
  readonly also: readonly (readonly number[])[] | undefined;
}

/**
 * One pass over the bytes finds every literal; most files have none. For the few that have one, a second pass finds what else must be there.
 */
function makePrefilter(conditions: readonly Condition[]): Prefilter {
  const literals = new Numbered();
  const texts = new Numbered();
  const clues: Clue[][] = [];
  for (const { any, also } of conditions) {
    const groups = also?.map((group) => group.map((text) => texts.number(text)));
    for (const needle of any) {
      if (needle.literal === '') continue;
      const clue = { needle, with: (needle.with ?? []).map((text) => texts.number(text)), also: groups };
      const index = literals.number(needle.literal);
      clues[index] = [...(clues[index] ?? []), clue];
    }
  }
  const finder = wordFinder(literals.texts, LITERALS);
  let second: WordFinder | undefined;

  function mayHold(bytes: Buffer): boolean {
    const found = finder.find(bytes);
    if (found.size === 0) return false;
    second ??= wordFinder(texts.texts, FURTHER);
    const has = second.find(bytes);
    let text: string | undefined;
    const latin1 = () => {
      text ??= bytes.toString('latin1');
      return text;
    };
    return [...found].some((index) => clues[index]?.some((clue) => holds(clue, has, latin1)));
  }

  return { mayHold };
}

function holds({ needle, with: further, also }: Clue, has: ReadonlySet<number>, text: () => string): boolean {
  const isThere = (text: number) => has.has(text);
  if (!further.every(isThere) || !(also === undefined || also.some((group) => group.every(isThere)))) return false;
  return needle.as === undefined || needle.as.test(text());
}

/** Texts by the order in which they came. */
class Numbered {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text) ?? this.texts.push(text) - 1;
    this.#numbers.set(text, known);
    return known;
  }
}
