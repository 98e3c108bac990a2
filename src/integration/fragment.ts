/** A fragment of the catalog: a substring, without regard to case, in which `*` stands for a run without `/`, quotes and blanks. */
export interface Fragment {
  readonly text: string;
  /** Where it first stands in a text in lower case, from an offset on: start and end, or undefined. */
  find(lower: string, from?: number): { readonly start: number; readonly end: number } | undefined;
}

/** A `*` stands for at most this many characters, so that the search stays linear. */
const MAX_HOLE = 80;

/** Prepares a fragment as the catalog writes it. */
export function fragment(text: string): Fragment {
  // A hole at either end says nothing: what stands there is outside the fragment.
  const [first = '', ...rest] = text
    .toLowerCase()
    .replace(/^\*+|\*+$/g, '')
    .split('*');
  if (first === '') throw new Error(`The fragment '${text}' has no letters.`);
  return {
    text,
    find(lower, from = 0) {
      for (let start = lower.indexOf(first, from); start >= 0; start = lower.indexOf(first, start + 1)) {
        const end = restEnd(lower, start + first.length, rest);
        if (end !== undefined) return { start, end };
      }
      return undefined;
    },
  };
}

function restEnd(lower: string, offset: number, rest: readonly string[]): number | undefined {
  let at = offset;
  for (const piece of rest) {
    const next = lower.slice(at, at + MAX_HOLE + piece.length).indexOf(piece);
    if (next < 0 || /[/\s"'`]/.test(lower.slice(at, at + next))) return undefined;
    at += next + piece.length;
  }
  return at;
}
