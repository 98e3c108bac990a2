/** One name of a path pattern: its own text, and its parts. */
export interface NamePattern {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** `*`, `?`, one character as it is, or a set of character ranges. */
type Part =
  | { readonly kind: 'many' | 'one' }
  | { readonly kind: 'character'; readonly character: string }
  | CharacterSet;

interface CharacterSet {
  readonly kind: 'set';
  readonly isNegated: boolean;
  /** First and last character of each range. */
  readonly ranges: readonly (readonly [string, string])[];
}

/** Reads `*`, `?` and `[…]`; a bracket that is not closed stands for itself. */
export function compileName(text: string): NamePattern {
  const parts: Part[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const close = character === '[' ? text.indexOf(']', at + 2) : -1;
    if (close > 0) {
      parts.push(compileSet(text.slice(at + 1, close)));
      at = close;
    } else if (character === '*') {
      if (parts.at(-1)?.kind !== 'many') parts.push({ kind: 'many' });
    } else {
      parts.push(character === '?' ? { kind: 'one' } : { kind: 'character', character });
    }
  }
  return { text, parts };
}

function compileSet(content: string): CharacterSet {
  const isNegated = content.length > 1 && (content.startsWith('!') || content.startsWith('^'));
  const body = isNegated ? content.slice(1) : content;
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at++) {
    const isRange = body[at + 1] === '-' && at + 2 < body.length;
    ranges.push([body.charAt(at), body.charAt(isRange ? at + 2 : at)]);
    if (isRange) at += 2;
  }
  return { kind: 'set', isNegated, ranges };
}

/** Whether a name matches; at most parts × characters steps: only the last `*` is ever tried again. */
export function matchesName({ text, parts }: NamePattern, name: string): boolean {
  let [at, character] = [0, 0];
  let [afterStar, resumeAt] = [-1, 0];
  while (character < name.length || at < parts.length) {
    const part = parts[at];
    if (part?.kind === 'many') {
      at += 1;
      [afterStar, resumeAt] = [at, character];
    } else if (part && character < name.length && matchesCharacter(part, name.charAt(character))) {
      at += 1;
      character += 1;
    } else if (afterStar >= 0 && resumeAt < name.length) {
      resumeAt += 1;
      [at, character] = [afterStar, resumeAt];
    } else {
      return text === name;
    }
  }
  return true;
}

function matchesCharacter(part: Part, character: string): boolean {
  if (part.kind === 'character') return part.character === character;
  if (part.kind !== 'set') return true;
  return part.ranges.some(([first, last]) => first <= character && character <= last) !== part.isNegated;
}
