import { type DataEntry, type DataNode, type DataText, MAX_DATA_DEPTH } from './data-node.ts';

/**
 * Reads HCL (Terraform, OpenTofu, Nomad, Packer). A block is an entry under its type whose labels are keys inside each other,
 * as in Terraform's JSON: `resource "a" "b" {…}` stands at `resource`, `a`, `b`. The value of a call is its argument, or the
 * list of them; an expression of several parts is the list of its strings, lists and objects; a reference is a text.
 * One pass; never fails.
 */
export function readHcl(text: string): DataNode {
  const reader = new HclReader(text);
  const entries: DataEntry[] = [];
  // A closing brace too many ends one body, not the file.
  while (reader.at < text.length) entries.push(...reader.body(0));
  return { kind: 'map', start: 0, end: text.length, entries };
}

class HclReader {
  at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  body(depth: number): DataEntry[] {
    const entries: DataEntry[] = [];
    for (this.skip(true); this.at < this.source.length; this.skip(true)) {
      if (this.source[this.at] === '}') {
        this.at++;
        break;
      }
      const entry = this.statement(depth);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  private statement(depth: number): DataEntry | undefined {
    const key = this.word();
    if (key === undefined) {
      this.at++;
      return undefined;
    }
    this.skip(false);
    if (this.source[this.at] === '=' || this.source[this.at] === ':') {
      this.at++;
      return { ...keyOf(key), value: this.expression(depth + 1) };
    }
    const labels: DataText[] = [];
    for (let label = this.word(); label !== undefined; label = this.word()) {
      labels.push(label);
      this.skip(false);
    }
    if (this.source[this.at] !== '{') return undefined;
    return { ...keyOf(key), value: this.block(labels, depth) };
  }

  private block(labels: readonly DataText[], depth: number): DataNode {
    const start = this.at++;
    const entries = depth < MAX_DATA_DEPTH ? this.body(depth + 1) : this.passed('}');
    let node: DataNode = { kind: 'map', start, end: this.at, entries };
    for (const label of labels.slice(-4).reverse()) {
      node = { kind: 'map', start: label.start, end: this.at, entries: [{ ...keyOf(label), value: node }] };
    }
    return node;
  }

  /** An identifier or a string; nothing is taken where none stands. */
  private word(): DataText | undefined {
    const start = this.at;
    if (this.source[start] === '"') return this.string();
    while (/[\w.-]/.test(this.source[this.at] ?? '')) this.at++;
    if (this.at === start) return undefined;
    return { kind: 'text', start, end: this.at, text: this.source.slice(start, this.at) };
  }

  /** Everything up to the end of the line, a comma or a closing mark. */
  private expression(depth: number): DataNode {
    this.skip(false);
    const start = this.at;
    const parts: DataNode[] = [];
    for (; this.at < this.source.length && !/[\n,)\]}]/.test(this.source[this.at] ?? ''); this.skip(false)) {
      const part = this.part(depth);
      if (part !== undefined) parts.push(part);
    }
    const [first] = parts;
    if (first !== undefined && parts.length === 1) return first;
    const strings = parts.filter((part) => part.kind !== 'text' || this.source[part.start - 1] === '"');
    const end = parts.at(-1)?.end ?? start;
    if (strings.length > 0) return { kind: 'list', start, end, items: strings };
    return { kind: 'text', start, end, text: this.source.slice(start, end) };
  }

  private part(depth: number): DataNode | undefined {
    const first = this.source[this.at] ?? '';
    if (first === '"') return this.string();
    if (this.source.startsWith('<<', this.at)) return this.heredoc();
    if (first === '[' || first === '(') return this.list(first === '[' ? ']' : ')', depth);
    if (first === '{') return this.object(depth);
    const word = this.word();
    if (word === undefined) {
      this.at++;
      return undefined;
    }
    if (this.source[this.at] !== '(') return word;
    const call = this.list(')', depth);
    const [only] = call.kind === 'list' ? call.items : [];
    return only !== undefined && call.kind === 'list' && call.items.length === 1 ? only : call;
  }

  private list(close: string, depth: number): DataNode {
    const start = this.at++;
    if (depth > MAX_DATA_DEPTH) this.passed(close);
    const items: DataNode[] = [];
    for (this.skipCommas(); depth <= MAX_DATA_DEPTH && this.at < this.source.length; this.skipCommas()) {
      if (this.source[this.at] === close) {
        this.at++;
        break;
      }
      const before = this.at;
      items.push(this.expression(depth + 1));
      if (this.at === before) this.at++;
    }
    return { kind: 'list', start, end: this.at, items };
  }

  private object(depth: number): DataNode {
    const start = this.at++;
    const entries: DataEntry[] = [];
    if (depth > MAX_DATA_DEPTH) this.passed('}');
    for (this.skipCommas(); depth <= MAX_DATA_DEPTH && this.at < this.source.length; this.skipCommas()) {
      if (this.source[this.at] === '}') {
        this.at++;
        break;
      }
      const entry = this.statement(depth + 1);
      if (entry !== undefined) entries.push(entry);
    }
    return { kind: 'map', start, end: this.at, entries };
  }

  /** Steps over what is nested too deep. */
  private passed(close: string): DataEntry[] {
    const end = this.source.indexOf(close, this.at);
    this.at = end < 0 ? this.source.length : end + 1;
    return [];
  }

  private string(): DataText {
    const start = ++this.at;
    let holes = 0;
    for (; this.at < this.source.length; this.at++) {
      const mark = this.source[this.at];
      if (mark === '\\') this.at++;
      else if (mark === '{' && /[$%]/.test(this.source[this.at - 1] ?? '')) holes++;
      else if (mark === '}' && holes > 0) holes--;
      else if (mark === '\n' || (mark === '"' && holes === 0)) break;
    }
    const end = Math.min(this.at, this.source.length);
    if (this.source[end] === '"') this.at = end + 1;
    return { kind: 'text', start, end, text: this.source.slice(start, end) };
  }

  private heredoc(): DataText {
    const mark = /^<<[-~]?([\w.-]+)/.exec(this.source.slice(this.at, this.at + 80))?.[1];
    const newline = this.source.indexOf('\n', this.at);
    const start = newline < 0 ? this.source.length : newline + 1;
    this.at = start;
    while (this.at < this.source.length) {
      const lineEnd = this.source.indexOf('\n', this.at);
      const end = lineEnd < 0 ? this.source.length : lineEnd;
      if (mark === undefined || this.source.slice(this.at, end).trim() === mark) {
        const text = this.source.slice(start, this.at);
        const node = { kind: 'text', start, end: this.at, text } as const;
        this.at = end;
        return node;
      }
      this.at = Math.min(end + 1, this.source.length);
    }
    return { kind: 'text', start, end: this.at, text: this.source.slice(start, this.at) };
  }

  private skipCommas(): void {
    for (this.skip(true); this.source[this.at] === ','; this.skip(true)) this.at++;
  }

  private skip(lines: boolean): void {
    for (; this.at < this.source.length; this.at++) {
      const mark = this.source[this.at] ?? '';
      const two = this.source.slice(this.at, this.at + 2);
      if (mark === '#' || two === '//') this.at = this.find('\n', this.at) - (lines ? 0 : 1);
      else if (two === '/*') this.at = this.find('*/', this.at + 2) + 1;
      else if (mark === '\n' ? !lines : !/\s|\uFEFF/.test(mark)) return;
    }
  }

  private find(mark: string, from: number): number {
    const found = this.source.indexOf(mark, from);
    return found < 0 ? this.source.length : found;
  }
}

function keyOf(word: DataText): { key: string; keyStart: number; keyEnd: number } {
  return { key: word.text, keyStart: word.start, keyEnd: word.end };
}
