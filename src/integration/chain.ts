/**
 * Chains of names as code writes them: `client.face!.detect`, `Aws::Rekognition::Client.new`, `$this->client->detectFaces`, `AWS.Rekognition`.
 * Read as segments, whatever separates them; what stands in brackets between (`client('x').detect`) is passed over.
 */
export type Chain = readonly string[];

/** A chain never reaches further back than this; longer ones lose their beginning. */
const MAX_CHAIN_LENGTH = 400;
const MAX_SEGMENTS = 12;

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

/**
 * Reads the chain that ends at an offset, backwards, not beyond `start`. `code` has strings and comments blanked. Takes at most a bounded
 * number of steps, whatever stands there; gives the segments from left to right and where the last one starts.
 */
export function chainEndingAt(code: string, end: number, start: number): { segments: Chain; nameStart: number } {
  const floor = Math.max(start, end - MAX_CHAIN_LENGTH);
  const segments: string[] = [];
  let at = end;
  let nameStart = end;
  while (segments.length < MAX_SEGMENTS) {
    const nameEnd = skipGroups(code, at, floor);
    const from = wordStart(code, nameEnd, floor);
    if (from === nameEnd) break;
    segments.unshift(code.slice(from, nameEnd));
    if (segments.length === 1) nameStart = from;
    const before = separatorStart(code, from, floor);
    if (before === undefined) break;
    at = before;
  }
  return { segments, nameStart };
}

/** Passes over bracketed groups, postfix marks and blanks before an offset. */
function skipGroups(code: string, offset: number, floor: number): number {
  let at = offset;
  while (at > floor) {
    const char = code.charAt(at - 1);
    const open = OPENING[char];
    if (open !== undefined && code.charAt(at - 2) !== '-') at = groupStart(code, at, floor, char, open);
    else if (char === '!' || char === '?' || isBlank(char)) at -= 1;
    else break;
  }
  return at;
}

function groupStart(code: string, offset: number, floor: number, close: string, open: string): number {
  let depth = 0;
  for (let at = offset; at > floor; at -= 1) {
    const char = code.charAt(at - 1);
    if (char === close && !(char === '>' && code.charAt(at - 2) === '-')) depth += 1;
    else if (char === open) depth -= 1;
    if (depth === 0) return at - 1;
  }
  return floor;
}

function wordStart(code: string, end: number, floor: number): number {
  let at = end;
  while (at > floor && isWord(code.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Where the separator before an offset starts (`.`, `?.`, `!.`, `->`, `?->`, `::`, `\`), or undefined if there is none. */
function separatorStart(code: string, offset: number, floor: number): number | undefined {
  let at = offset;
  while (at > floor && isBlank(code.charAt(at - 1))) at -= 1;
  const [last, previous] = [code.charAt(at - 1), code.charAt(at - 2)];
  if (last === '.' && at - 1 >= floor) return previous === '.' ? undefined : at - 1;
  if (last === '\\' && at - 1 >= floor) return at - 1;
  const pair = previous + last;
  if ((pair === '->' || pair === '::' || pair === '&.') && at - 2 >= floor) return at - 2;
  return undefined;
}

const CHAIN = /[\p{L}_$@][\p{L}\p{N}_$]*(?:(?:\??\.|!\.|&\.|\??->|::|\\)[\p{L}_$@][\p{L}\p{N}_$]*)*/gu;

/** A chain at its place: UTF-16 offsets. */
export interface PlacedChain {
  readonly segments: Chain;
  readonly start: number;
  readonly end: number;
}

/** Every chain in a text without brackets between its names, with offsets. */
export function chainsIn(code: string): PlacedChain[] {
  return [...code.matchAll(CHAIN)].map((match) => ({
    segments: segmentsOf(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Splits a written chain (`A::B.c`, `a\b`) into its segments. */
export function segmentsOf(text: string): string[] {
  return text.split(/(?:\??\.|!\.|&\.|\??->|::|\\)+/).filter((segment) => segment !== '');
}

/** For comparing names that are not the last of a chain, keys and values: lower case, without `_`, `-`, `$`, `@`. */
export function normalise(name: string): string {
  return name.toLowerCase().replace(/[_\-$@]/g, '');
}

function isWord(code: number): boolean {
  if (code >= 128) return true;
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code === 64
  );
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}
