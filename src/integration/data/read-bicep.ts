import { type DataEntry, type DataNode, type DataText, MAX_DATA_DEPTH } from './data-node.ts';

/**
 * Reads Bicep into the shape of an ARM template: `resources` holds a map for each `resource` (entry `type` without its version,
 * then the entries of its body), `modules` the same for each `module`, `parameters` and `variables` the first value given to
 * each `param` and `var`. Conditions and loops around a body are stepped over. One pass; never fails.
 */
export function readBicep(text: string): DataNode {
  const reader = new BicepReader(text);
  const sections = { resources: [], modules: [], parameters: [], variables: [] } as Record<Section, DataEntry[]>;
  while (reader.at < text.length) reader.statement(sections);
  const entries = Object.entries(sections).map(([key, inner]) => {
    const value: DataNode = { kind: 'map', start: 0, end: text.length, entries: inner };
    return { key, keyStart: 0, keyEnd: 0, value };
  });
  return { kind: 'map', start: 0, end: text.length, entries };
}

type Section = 'resources' | 'modules' | 'parameters' | 'variables';
const SECTIONS = { resource: 'resources', module: 'modules', param: 'parameters', var: 'variables' } as const;

class BicepReader {
  at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  statement(sections: Record<Section, DataEntry[]>): void {
    this.skip(true);
    const keyword = this.word()?.text ?? '';
    this.skip(false);
    const section = Object.hasOwn(SECTIONS, keyword) ? SECTIONS[keyword as keyof typeof SECTIONS] : undefined;
    const name = section && this.word();
    if (section === undefined || name === undefined) this.passStatement();
    else sections[section].push({ ...keyOf(name), value: this.declared(section) });
  }

  /** What comes after a name: a type in quotes and a body, or a type and a value. */
  private declared(section: Section): DataNode {
    this.skip(false);
    const start = this.at;
    const isTyped = section === 'resources' || section === 'modules';
    const type = isTyped && this.source[start] === "'" ? this.string() : undefined;
    this.passTo('=');
    const body = this.source[this.at] === '=' ? this.body() : undefined;
    if (type === undefined) return body ?? { kind: 'text', start, end: start, text: '' };
    const bare = type.text.split('@')[0] ?? '';
    const value: DataText = { kind: 'text', start: type.start, end: type.start + bare.length, text: bare };
    const entry: DataEntry = { key: 'type', keyStart: type.start, keyEnd: type.start, value };
    const inner = body?.kind === 'map' ? body.entries : [];
    return { kind: 'map', start: type.start, end: this.at, entries: [entry, ...inner] };
  }

  private body(): DataNode {
    this.at++;
    this.skip(false);
    const isLoop = this.source[this.at] === '[' && /^\[\s*for\b/.test(this.source.slice(this.at, this.at + 40));
    if (isLoop) this.passTo(':');
    if (isLoop) this.at++;
    this.skip(false);
    if (/^if\s*\(/.test(this.source.slice(this.at, this.at + 10))) this.passTo('{');
    return this.value(0);
  }

  private value(depth: number): DataNode {
    this.skip(false);
    const start = this.at;
    const first = this.source[start];
    if (first === "'") return this.string();
    if (first === '{' && depth <= MAX_DATA_DEPTH) return this.object(depth);
    if (first === '[' && depth <= MAX_DATA_DEPTH) return this.array(depth);
    this.passExpression();
    const text = this.source.slice(start, this.at).trim();
    const strings = stringsIn(this.source, start, this.at);
    if (strings.length > 0) return { kind: 'list', start, end: this.at, items: strings };
    return { kind: 'text', start, end: start + text.length, text };
  }

  private object(depth: number): DataNode {
    const start = this.at++;
    const entries: DataEntry[] = [];
    for (this.skip(true); this.at < this.source.length && this.source[this.at] !== '}'; this.skip(true)) {
      const key = this.source[this.at] === "'" ? this.string() : this.word();
      this.skip(false);
      if (key !== undefined && this.source[this.at] === ':') {
        this.at++;
        entries.push({ ...keyOf(key), value: this.value(depth + 1) });
      } else if (key === undefined) this.at++;
    }
    this.at++;
    return { kind: 'map', start, end: this.at, entries };
  }

  private array(depth: number): DataNode {
    const start = this.at++;
    const items: DataNode[] = [];
    for (this.skip(true); this.at < this.source.length && this.source[this.at] !== ']'; this.skip(true)) {
      const before = this.at;
      items.push(this.value(depth + 1));
      if (this.at === before || this.source[this.at] === ',') this.at++;
    }
    this.at++;
    return { kind: 'list', start, end: this.at, items };
  }

  private string(): DataText {
    const triple = this.source.startsWith("'''", this.at);
    const start = this.at + (triple ? 3 : 1);
    let end = triple ? this.find("'''", start) : start;
    for (; !triple && end < this.source.length && this.source[end] !== "'" && this.source[end] !== '\n'; end++) {
      if (this.source[end] === '\\') end++;
    }
    end = Math.min(end, this.source.length);
    this.at = this.source[end] === "'" ? end + (triple ? 3 : 1) : end;
    return { kind: 'text', start, end, text: this.source.slice(start, end) };
  }

  private word(): DataText | undefined {
    const start = this.at;
    while (/\w/.test(this.source[this.at] ?? '')) this.at++;
    if (this.at === start) return undefined;
    return { kind: 'text', start, end: this.at, text: this.source.slice(start, this.at) };
  }

  /** Up to a mark or the end of the line, whichever comes first outside of strings. */
  private passTo(mark: string): void {
    while (this.at < this.source.length && this.source[this.at] !== mark && this.source[this.at] !== '\n') {
      if (this.source[this.at] === "'") this.string();
      else this.at++;
    }
  }

  /** An expression that is no literal: to the end of the line, or of the brackets it opens. */
  private passExpression(): void {
    for (let open = 0; this.at < this.source.length; ) {
      const mark = this.source[this.at] ?? '';
      if (open === 0 && /[\n,\]}]/.test(mark)) return;
      if (/[([{]/.test(mark)) open++;
      else if (/[)\]}]/.test(mark) && open > 0) open--;
      if (mark === "'") this.string();
      else this.at++;
    }
  }

  /** A decorator, an output, an import: to the end of its line and its brackets. */
  private passStatement(): void {
    this.at++;
    this.passExpression();
    this.at++;
  }

  private skip(lines: boolean): void {
    for (; this.at < this.source.length; this.at++) {
      const two = this.source.slice(this.at, this.at + 2);
      const mark = two[0] ?? '';
      if (two === '//') this.at = this.find('\n', this.at) - (lines ? 0 : 1);
      else if (two === '/*') this.at = this.find('*/', this.at + 2) + 1;
      else if (mark === '\n' ? !lines : !/\s|\uFEFF/.test(mark)) return;
    }
  }

  private find(mark: string, from: number): number {
    const found = this.source.indexOf(mark, from);
    return found < 0 ? this.source.length : found;
  }
}

function stringsIn(source: string, from: number, to: number): DataText[] {
  const strings: DataText[] = [];
  for (let at = source.indexOf("'", from); at >= 0 && at < to; at = source.indexOf("'", at + 1)) {
    const close = source.indexOf("'", at + 1);
    if (close < 0 || close > to) break;
    strings.push({ kind: 'text', start: at + 1, end: close, text: source.slice(at + 1, close) });
    at = close;
  }
  return strings;
}

function keyOf(word: DataText): { key: string; keyStart: number; keyEnd: number } {
  return { key: word.text, keyStart: word.start, keyEnd: word.end };
}
