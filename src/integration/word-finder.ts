/** How words are compared with a text. Letters always without regard to case. */
export interface Comparison {
  /** A word that is not longer counts only where no letter or digit stands beside it: `fer` is in `different`. */
  readonly short: number;
  /** Characters that are one and the same. */
  readonly same: string;
  /** Characters that a text may have anywhere between those of a word, and a word has not. */
  readonly passedOver: string;
}

/** Finds which of many words are in a text, in one pass over its bytes, whatever the words are. */
export interface WordFinder {
  /** Indices of the words that are there. */
  find(bytes: Uint8Array): ReadonlySet<number>;
}

/** Makes an automaton after Aho and Corasick (https://doi.org/10.1145/360825.360855): linear in the text, independent of the number of words. */
export function wordFinder(words: readonly string[], comparison: Comparison): WordFinder {
  const { classes, width } = classesOf(words, comparison);
  const { rows, ends } = automaton(words, classes, width);

  function find(bytes: Uint8Array): Set<number> {
    const found = new Set<number>();
    let row = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      row = rows[row + (classes[bytes[at] as number] as number)] as number;
      if (row >= 0) continue;
      row = -row;
      for (const word of ends[row / width] ?? []) {
        const length = words[word]?.length ?? 0;
        if (length > comparison.short || isAlone(bytes, at - length + 1, at + 1)) found.add(word);
      }
    }
    return found;
  }

  return { find };
}

/** The class of the characters that are passed over. */
const PASSED_OVER = 1;

/** Each byte's class: 0 for those in no word, one for both cases of a letter and for characters that are the same. */
function classesOf(words: readonly string[], { same, passedOver }: Comparison): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(256);
  for (const char of passedOver) classes[char.charCodeAt(0)] = PASSED_OVER;
  let count = PASSED_OVER;
  for (const word of words) {
    for (let at = 0; at < word.length; at += 1) {
      const lower = word.charAt(at).toLowerCase();
      if ((classes[lower.charCodeAt(0) & 255] ?? 0) > 0) continue;
      count += 1;
      for (const char of same.includes(lower) ? same : [lower, lower.toUpperCase()])
        classes[char.charCodeAt(0) & 255] = count;
    }
  }
  return { classes, width: count + 1 };
}

function automaton(words: readonly string[], classes: Uint8Array, width: number) {
  const size = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(size * width);
  const ends: (number[] | undefined)[] = [];
  let states = 1;
  words.forEach((word, index) => {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const edge = state * width + (classes[word.charCodeAt(at) & 255] ?? 0);
      if (next[edge] === 0) {
        next[edge] = states;
        states += 1;
      }
      state = next[edge] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), index];
  });
  const rows = next.subarray(0, states * width);
  linkFailures(rows, ends, width);
  // Where a state's row starts, negative where a word ends: the pass needs one look at a table for each byte.
  for (let edge = 0; edge < rows.length; edge += 1) {
    const state = edge % width === PASSED_OVER ? (edge - PASSED_OVER) / width : (rows[edge] ?? 0);
    rows[edge] = ends[state] === undefined ? state * width : -state * width;
  }
  return { rows, ends };
}

/** Breadth first: where a state has no edge it takes that of the longest suffix that is a state, and ends what that ends. */
function linkFailures(next: Int32Array, ends: (number[] | undefined)[], width: number): void {
  const fail = new Int32Array(next.length / width);
  const queue: number[] = [];
  for (let edge = 0; edge < width; edge += 1) if ((next[edge] ?? 0) > 0) queue.push(next[edge] ?? 0);
  for (const state of queue) {
    const suffix = fail[state] ?? 0;
    const inside = ends[suffix];
    if (inside !== undefined) ends[state] = [...(ends[state] ?? []), ...inside];
    for (let edge = 0; edge < width; edge += 1) {
      const target = next[state * width + edge] ?? 0;
      const fallback = next[suffix * width + edge] ?? 0;
      if (target === 0) {
        next[state * width + edge] = fallback;
      } else {
        fail[target] = fallback;
        queue.push(target);
      }
    }
  }
}

function isAlone(bytes: Uint8Array, start: number, end: number): boolean {
  return !isLetter(bytes[start - 1]) && !isLetter(bytes[end]);
}

function isLetter(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57);
}
