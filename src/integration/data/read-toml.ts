import { type DataEntry, type DataNode, type DataText, MAX_DATA_DEPTH } from './data-node.ts';

/**
 * Reads TOML: tables, arrays of tables, dotted keys, strings, arrays, inline tables. Lines that are none of these are left
 * out; never fails. Tables stand in the tree under their path, arrays of tables as maps under the same key, one after another.
 */
export function readToml(text: string): DataNode {
  const reader = new TomlReader(text);
  return reader.document();
}

interface MutableMap {
  readonly kind: 'map';
  readonly start: number;
  end: number;
  readonly entries: DataEntry[];
}

interface Key {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

class TomlReader {
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  document(): DataNode {
    const root: MutableMap = { kind: 'map', start: 0, end: this.source.length, entries: [] };
    let table = root;
    for (this.skip(true); this.at < this.source.length; this.skip(true)) {
      if (this.source[this.at] === '[') table = this.header(root) ?? table;
      else if (!this.pair(table, 0)) this.toLineEnd();
    }
    return root;
  }

  private header(root: MutableMap): MutableMap | undefined {
    const isArray = this.source[this.at + 1] === '[';
    this.at += isArray ? 2 : 1;
    const path = this.path();
    this.toLineEnd();
    const last = path.pop();
    if (last === undefined) return undefined;
    const parent = path.slice(0, MAX_DATA_DEPTH).reduce((map, key) => descend(map, key), root);
    return isArray ? append(parent, last) : descend(parent, last);
  }

  /** Reads `key = value` into a map; false where none stands. */
  private pair(map: MutableMap, depth: number): boolean {
    const path = this.path();
    const last = path.pop();
    this.skip(false);
    if (last === undefined || this.source[this.at] !== '=') return false;
    this.at++;
    this.skip(false);
    const target = path.slice(0, MAX_DATA_DEPTH).reduce((outer, key) => descend(outer, key), map);
    target.entries.push({ key: last.key, keyStart: last.start, keyEnd: last.end, value: this.value(depth + 1) });
    return true;
  }

  private path(): Key[] {
    const keys: Key[] = [];
    for (;;) {
      this.skip(false);
      const start = this.at;
      if (this.source[start] === '"' || this.source[start] === "'") {
        const { text, start: from, end } = this.string();
        keys.push({ key: text, start: from, end });
      } else {
        while (/[\w-]/.test(this.source[this.at] ?? '')) this.at++;
        if (this.at === start) return keys;
        keys.push({ key: this.source.slice(start, this.at), start, end: this.at });
      }
      this.skip(false);
      if (this.source[this.at] !== '.') return keys;
      this.at++;
    }
  }

  private value(depth: number): DataNode {
    const start = this.at;
    const first = this.source[start];
    if (first === '"' || first === "'") return this.string();
    if (first === '[' && depth <= MAX_DATA_DEPTH) return this.array(depth);
    if (first === '{' && depth <= MAX_DATA_DEPTH) return this.table(depth);
    while (this.at < this.source.length && !/[,\]}#\n]/.test(this.source[this.at] ?? '')) this.at++;
    if (this.at === start) this.at++;
    const text = this.source.slice(start, this.at).trimEnd();
    return { kind: 'text', start, end: start + text.length, text };
  }

  private array(depth: number): DataNode {
    const start = this.at++;
    const items: DataNode[] = [];
    for (this.skipCommas(); this.at < this.source.length && this.source[this.at] !== ']'; this.skipCommas()) {
      items.push(this.value(depth + 1));
    }
    this.at++;
    return { kind: 'list', start, end: this.at, items };
  }

  private table(depth: number): DataNode {
    const map: MutableMap = { kind: 'map', start: this.at++, end: this.at, entries: [] };
    for (this.skipCommas(); this.at < this.source.length && this.source[this.at] !== '}'; this.skipCommas()) {
      if (!this.pair(map, depth)) this.at++;
    }
    map.end = ++this.at;
    return map;
  }

  private string(): DataText {
    const quote = this.source[this.at] ?? '';
    const triple = this.source.startsWith(quote.repeat(3), this.at) ? quote.repeat(3) : quote;
    const start = this.at + triple.length;
    let end = start;
    for (; end < this.source.length && !this.source.startsWith(triple, end); end++) {
      if (quote === '"' && this.source[end] === '\\') end++;
      else if (triple.length === 1 && this.source[end] === '\n') break;
    }
    end = Math.min(end, this.source.length);
    this.at = this.source[end] === quote ? end + triple.length : end;
    const raw = this.source.slice(start, end);
    return { kind: 'text', start, end, text: quote === '"' ? raw.replace(/\\(["\\])/g, '$1') : raw };
  }

  private skipCommas(): void {
    for (this.skip(true); this.source[this.at] === ','; this.skip(true)) this.at++;
  }

  private skip(lines: boolean): void {
    for (; this.at < this.source.length; this.at++) {
      const mark = this.source[this.at] ?? '';
      if (mark === '#') this.toLineEnd();
      if (this.source[this.at] === '\n' ? !lines : !/\s|\uFEFF/.test(this.source[this.at] ?? 'x')) return;
    }
  }

  private toLineEnd(): void {
    const newline = this.source.indexOf('\n', this.at);
    this.at = newline < 0 ? this.source.length : newline;
  }
}

/** The map under a key (the last one, of an array of tables), made where it is missing. */
function descend(map: MutableMap, key: Key): MutableMap {
  const last = map.entries.findLast((entry) => entry.key === key.key && entry.value.kind === 'map');
  return last === undefined ? append(map, key) : (last.value as MutableMap);
}

function append(map: MutableMap, key: Key): MutableMap {
  const value: MutableMap = { kind: 'map', start: key.start, end: key.end, entries: [] };
  map.entries.push({ key: key.key, keyStart: key.start, keyEnd: key.end, value });
  return value;
}
