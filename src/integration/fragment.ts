/** A fragment of the catalog: a substring, without regard to case, in which `*` stands for a run without `/`, quotes and blanks. */
export interface Fragment {
  readonly text: string;
  /** Its longest piece without `*`, in lower case: where that is not, the fragment is not. */
  readonly core: string;
  /** Where it first stands in a text in lower case, from an offset on: start and end, or undefined. */
  find(lower: string, from?: number): { readonly start: number; readonly end: number } | undefined;
}

/** A `*` stands for at most this many characters, so that the search stays linear. */
const MAX_HOLE = 80;
const RUN = /[^/\s"'`?]*/y;

/** Prepares a fragment as the catalog writes it. A `*` at its end takes the rest of the path segment. */
export function fragment(text: string): Fragment {
  // A hole at the beginning says nothing: what stands there is outside the fragment.
  const [first = '', ...rest] = text.toLowerCase().replace(/^\*+/, '').split('*');
  if (first === '') throw new Error(`The fragment '${text}' has no letters.`);
  const core = [first, ...rest].reduce((best, piece) => (piece.length > best.length ? piece : best));
  return {
    text,
    core,
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
    if (piece === '') {
      RUN.lastIndex = at;
      at += RUN.exec(lower)?.[0].length ?? 0;
      continue;
    }
    const next = lower.slice(at, at + MAX_HOLE + piece.length).indexOf(piece);
    if (next < 0 || /[/\s"'`]/.test(lower.slice(at, at + next))) return undefined;
    at += next + piece.length;
  }
  return at;
}

/** One test for all: whether a text in lower case has the core of any of them. */
export function anyFragment(fragments: readonly Fragment[]): (lower: string) => boolean {
  const cores = [...new Set(fragments.map((item) => item.core))];
  if (cores.length === 0) return () => false;
  const expression = new RegExp(cores.map(escapeExpression).join('|'));
  return (lower) => expression.test(lower);
}

/** A text as a regular expression that matches it. */
export function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A fragment that begins a word: `face/v1.0` is no part of `interface/v1.0`, but follows `%s`. */
export function wordFragment(text: string): Fragment {
  const whole = fragment(text);
  if (!/^[a-z0-9]/i.test(text)) return whole;
  return {
    ...whole,
    find(lower, from = 0) {
      for (let hit = whole.find(lower, from); hit !== undefined; hit = whole.find(lower, hit.start + 1)) {
        if (!/[a-z0-9]$/.test(lower.slice(Math.max(0, hit.start - 1), hit.start))) return hit;
        if (/%[sdv]$/.test(lower.slice(Math.max(0, hit.start - 2), hit.start))) return hit;
      }
      return undefined;
    },
  };
}
