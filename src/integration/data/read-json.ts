import { type DataEntry, type DataNode, MAX_DATA_DEPTH } from './data-node.ts';

/** A string literal of JSON: the text it means, and for each of its UTF-16 units the offset in the file where it is written. */
export interface JsonString {
  readonly text: string;
  /** Undefined where nothing is escaped: then the offsets run with the text. */
  readonly offsets?: readonly number[];
}

const SPACE = /[\s\uFEFF]/;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads JSON, with comments and trailing commas let through, in one pass. Undefined where it is not JSON, breaks off, or is
 * nested deeper than `MAX_DATA_DEPTH`.
 */
export function readJson(text: string): DataNode | undefined {
  const reader = new JsonReader(text);
  try {
    const node = reader.value(0);
    reader.skipSpace();
    return reader.at < text.length ? undefined : node;
  } catch (error) {
    if (error instanceof NotJsonError) return undefined;
    throw error;
  }
}

/** Decodes the string literal that starts at `start` (its opening quote) and knows where each unit of it was written. */
export function readJsonString(source: string, start: number): JsonString & { readonly end: number } {
  const quote = source[start];
  const parts: string[] = [];
  let offsets: number[] | undefined;
  let at = start + 1;
  while (at < source.length && source[at] !== quote) {
    const from = at;
    while (at < source.length && source[at] !== quote && source[at] !== '\\') at++;
    parts.push(source.slice(from, at));
    for (let unit = from; offsets && unit < at; unit++) offsets.push(unit);
    if (source[at] !== '\\') continue;
    offsets ??= Array.from({ length: at - start - 1 }, (_, unit) => start + 1 + unit);
    const [meant, length] = readEscape(source, at);
    parts.push(meant);
    for (let unit = 0; unit < meant.length; unit++) offsets.push(at);
    at += length;
  }
  return { text: parts.join(''), end: Math.min(at + 1, source.length), ...(offsets && { offsets }) };
}

function readEscape(source: string, at: number): [meant: string, length: number] {
  const next = source[at + 1] ?? '';
  if (next !== 'u') return [ESCAPES[next] ?? next, 2];
  const code = Number.parseInt(source.slice(at + 2, at + 6), 16);
  return Number.isNaN(code) ? ['u', 2] : [String.fromCharCode(code), 6];
}

class NotJsonError extends Error {}

class JsonReader {
  at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  value(depth: number): DataNode {
    this.skipSpace();
    const start = this.at;
    const first = this.source[start];
    if (depth > MAX_DATA_DEPTH || first === undefined) throw new NotJsonError();
    if (first === '{') return this.map(depth);
    if (first === '[') return this.list(depth);
    if (first === '"') return this.string();
    while (this.at < this.source.length && /[-+.\w]/.test(this.source[this.at] ?? '')) this.at++;
    if (this.at === start) throw new NotJsonError();
    return { kind: 'text', start, end: this.at, text: this.source.slice(start, this.at) };
  }

  skipSpace(): void {
    for (;;) {
      while (this.at < this.source.length && SPACE.test(this.source[this.at] ?? '')) this.at++;
      const two = this.source.slice(this.at, this.at + 2);
      if (two === '//') this.at = indexOr(this.source.indexOf('\n', this.at), this.source.length);
      else if (two === '/*') this.at = indexOr(this.source.indexOf('*/', this.at + 2), this.source.length - 2) + 2;
      else return;
    }
  }

  private string(): DataNode {
    const start = this.at;
    const { text, end } = readJsonString(this.source, start);
    this.at = end;
    return { kind: 'text', start: start + 1, end: Math.max(start + 1, end - 1), text };
  }

  private map(depth: number): DataNode {
    const start = this.at++;
    const entries: DataEntry[] = [];
    while (this.more('}')) {
      if (this.source[this.at] !== '"') throw new NotJsonError();
      const key = this.string();
      this.skipSpace();
      if (this.source[this.at++] !== ':' || key.kind !== 'text') throw new NotJsonError();
      entries.push({ key: key.text, keyStart: key.start, keyEnd: key.end, value: this.value(depth + 1) });
    }
    return { kind: 'map', start, end: this.at, entries };
  }

  private list(depth: number): DataNode {
    const start = this.at++;
    const items: DataNode[] = [];
    while (this.more(']')) items.push(this.value(depth + 1));
    return { kind: 'list', start, end: this.at, items };
  }

  /** Steps over a comma; at the closing mark steps over it and says that nothing more comes. */
  private more(close: string): boolean {
    this.skipSpace();
    if (this.source[this.at] === ',') {
      this.at++;
      this.skipSpace();
    }
    if (this.source[this.at] !== close) return true;
    this.at++;
    return false;
  }
}

function indexOr(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index;
}
