import { type DataEntry, type DataNode, type DataText, MAX_DATA_DEPTH } from './data-node.ts';

/** The offset of the quote that closes the one at `start` (single or double, by the rules of YAML), or the end of the text. */
export function closingQuote(source: string, start: number): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    if (quote === '"' && source[at] === '\\') at++;
    else if (source[at] === quote && quote === "'" && source[at + 1] === "'") at++;
    else if (source[at] === quote) return at;
  }
  return source.length;
}

/** Reads flow collections of YAML (`[a, {b: c}]`) from an offset on; every call gets further, whatever stands there. */
export class YamlFlowReader {
  at: number;
  private readonly source: string;

  constructor(source: string, at: number) {
    this.source = source;
    this.at = at;
  }

  value(depth: number): DataNode {
    this.skip();
    while (/[!&]/.test(this.source[this.at] ?? '') && /[\w!]/.test(this.source[this.at + 1] ?? '')) this.skipWord();
    const first = this.source[this.at];
    if (depth <= MAX_DATA_DEPTH && first === '[') return this.list(depth);
    if (depth <= MAX_DATA_DEPTH && first === '{') return this.map(depth);
    return this.text();
  }

  /** A tag or an anchor. */
  private skipWord(): void {
    while (this.at < this.source.length && !/[\s,\]}]/.test(this.source[this.at] ?? '')) this.at++;
    this.skip();
  }

  private text(): DataText {
    const start = this.at;
    if (this.source[start] === '"' || this.source[start] === "'") {
      const close = closingQuote(this.source, start);
      this.at = Math.min(close + 1, this.source.length);
      return { kind: 'text', start: start + 1, end: close, text: this.source.slice(start + 1, close) };
    }
    // A mark that no value starts with is stepped over, so that every call gets further.
    if (/[[\]{},:]/.test(this.source[this.at] ?? '')) this.at++;
    while (this.at < this.source.length && !this.endsPlain()) this.at++;
    let end = this.at;
    while (end > start && /\s/.test(this.source[end - 1] ?? '')) end--;
    return { kind: 'text', start, end, text: this.source.slice(start, end) };
  }

  private endsPlain(): boolean {
    const mark = this.source[this.at] ?? '';
    if (mark === ':') return /[\s,[\]{}]/.test(this.source[this.at + 1] ?? ' ');
    return mark === ',' || mark === ']' || mark === '}' || mark === '\n';
  }

  private list(depth: number): DataNode {
    const start = this.at++;
    const items: DataNode[] = [];
    while (this.more(']')) items.push(this.value(depth + 1));
    return { kind: 'list', start, end: this.at, items };
  }

  private map(depth: number): DataNode {
    const start = this.at++;
    const entries: DataEntry[] = [];
    while (this.more('}')) {
      const key = this.text();
      this.skip();
      const colon = this.source[this.at] === ':';
      if (colon) this.at++;
      const value = colon ? this.value(depth + 1) : { ...key, start: key.end, text: '' };
      entries.push({ key: key.text, keyStart: key.start, keyEnd: key.end, value });
    }
    return { kind: 'map', start, end: this.at, entries };
  }

  private more(close: string): boolean {
    this.skip();
    while (this.source[this.at] === ',') {
      this.at++;
      this.skip();
    }
    if (this.at >= this.source.length) return false;
    if (this.source[this.at] !== close) return true;
    this.at++;
    return false;
  }

  private skip(): void {
    for (; this.at < this.source.length; this.at++) {
      const mark = this.source[this.at] ?? '';
      if (mark === '#' && /\s/.test(this.source[this.at - 1] ?? ' ')) {
        const newline = this.source.indexOf('\n', this.at);
        this.at = newline < 0 ? this.source.length : newline;
      } else if (!/\s/.test(mark)) return;
    }
  }
}
