import type { Literal, Pair } from './source-view.ts';
import { firstFrom } from './span.ts';

/** How far the value of a pair is followed. */
const MAX_VALUE = 2_000;

/** What a call is named that takes a key and its value: `put`, `setParameter`, `addFormDataPart`, `searchParams.append`, `BasicNameValuePair`. */
const KEYED =
  /(?:\b(?:of|put|entry|Entry|add|Add|set|Set|insert|append|Append)|(?:Parameter|Param|Query|Field|Part|Pair|Property|Value|Data)(?:<[\w, ]{0,60}>)?)\s*\(\s*$/;

/** What stands before the key of an item of an initializer: the brace of the item, and of what it is in or the comma after its neighbour. */
const ITEM = /[{,]\s*\{\s*$/;

/**
 * Pairs that the grammar does not know as such: `"key": value` in macros, `"key" to value`, `name: "key", value: "value"`, `"key", value`
 * handed to what takes a key and its value, and `{ "key", value }` among the items of an initializer.
 */
export function pairsAfterStrings(code: string, strings: readonly Literal[], known: readonly Pair[]): Pair[] {
  return strings.flatMap((literal, index) => {
    if (known[firstFrom(known, literal.start)]?.start === literal.start || literal.value.length > 60) return [];
    const after = code.slice(literal.end, literal.end + 20);
    const colon = /^\s*(?::(?!:)|=>)\s*/.exec(after);
    if (colon !== null) return [pair(code, literal, literal.end + colon[0].length)];
    const to = /^\s+to\s+/.exec(after);
    if (to !== null) return [pair(code, literal, literal.end + to[0].length)];
    const comma = /^\s*,\s*(?:value\s*[:=]\s*)?/.exec(after);
    if (comma === null) return [];
    const before = code.slice(Math.max(0, literal.start - 80), literal.start);
    const opens = before.trimEnd().at(-1);
    if (opens === '(' ? KEYED.test(before) : /\bname\s*[:=]\s*$/.test(before))
      return [pair(code, literal, literal.end + comma[0].length)];
    if (opens === '{' && ITEM.test(before)) {
      const item = pair(code, literal, literal.end + comma[0].length);
      if (code.charAt(item.end) === '}') return [item];
    }
    const next = strings[index + 1];
    const listed = next !== undefined && /^\s*,\s*$/.test(code.slice(literal.end, next.start)) && /,\s*$/.test(before);
    if (!listed) return [];
    return [{ start: literal.start, end: next.end, key: literal.value, value: { start: next.start, end: next.end } }];
  });
}

function pair(code: string, key: Literal, from: number): Pair {
  const end = valueEnd(code, from);
  return { start: key.start, end, key: key.value, value: { start: from, end } };
}

/** Where a value ends: before the comma, semicolon or closing bracket at its own depth. */
function valueEnd(code: string, from: number): number {
  let depth = 0;
  const limit = Math.min(code.length, from + MAX_VALUE);
  for (let at = from; at < limit; at += 1) {
    const char = code.charAt(at);
    if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth -= 1;
    if (depth < 0 || (depth === 0 && (char === ',' || char === ';'))) return at;
  }
  return limit;
}

const EMBEDDED = /\\?"([\w-]{1,60})\\?"\s*:\s*(?:\\?"([^"\\]{0,200})\\?"|[[{\w*$])/g;

/** Pairs of JSON that a string holds: the body of a request in a template, a text block, a command line. */
export function embeddedPairs(literal: Literal): Pair[] {
  if (literal.value.length < 10 || !/"\s*:/.test(literal.value)) return [];
  const offset = literal.end - literal.start - literal.value.length > 1 ? 1 : 0;
  return [...literal.value.matchAll(EMBEDDED)].slice(0, 2_000).map((match) => {
    const start = literal.start + offset + match.index;
    const end = start + match[0].length;
    const value = { start: end - (match[2]?.length ?? 0) - 2, end };
    return { start, end, key: match[1] ?? '', value, group: literal.start };
  });
}
