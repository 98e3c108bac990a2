import { type DataEntry, type DataNode, type DataText, MAX_DATA_DEPTH } from './data-node.ts';
import { closingQuote, YamlFlowReader } from './yaml-flow-reader.ts';

/**
 * Reads what strangers write as YAML: block and flow collections, quoted and block scalars, several documents (as a list),
 * tags and anchors stepped over, aliases as texts, templates of Helm and other tools as texts, lines that fit nowhere left out.
 * One pass over the lines; never fails. Not for documents of our own, which are read strictly.
 * The text of a block scalar keeps its indentation, so that offsets in it run with the file.
 */
export function readYaml(text: string): DataNode {
  const documents: DataNode[] = [];
  const reader = new YamlReader(text, linesOf(text));
  while (!reader.done()) documents.push(reader.document());
  const [first] = documents;
  if (first !== undefined && documents.length === 1) return first;
  return { kind: 'list', start: 0, end: text.length, items: documents };
}

interface Line {
  /** Offsets of the first character that is not a blank, and of the line's end without its comment. */
  start: number;
  readonly end: number;
  indent: number;
  readonly separator: boolean;
}

const TEMPLATE_LINE = /^\{\{.*\}\}$/;

/** The lines that say something: no blank ones, comments, directives and lines that are a template as a whole. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= text.length; ) {
    const newline = text.indexOf('\n', from);
    let end = newline < 0 ? text.length : newline;
    const next = end + 1;
    if (text[end - 1] === '\r') end--;
    let start = from;
    while (start < end && (text[start] === ' ' || text[start] === '\t' || text[start] === '\uFEFF')) start++;
    const said = text.slice(start, Math.min(end, start + 4));
    const separator = start === from && (said.startsWith('---') || said.startsWith('...'));
    lines.push({ start, end, indent: start - from, separator });
    from = next;
  }
  return lines;
}

class YamlReader {
  private readonly source: string;
  private readonly lines: Line[];
  private next = 0;

  constructor(source: string, lines: Line[]) {
    this.source = source;
    this.lines = lines;
  }

  done(): boolean {
    while (this.peek()?.separator) this.next++;
    return this.peek() === undefined;
  }

  document(): DataNode {
    const start = this.peek()?.start ?? this.source.length;
    const parts: DataEntry[] = [];
    let value: DataNode | undefined;
    // What does not fit the first block (a template may break the indentation) is read as a further block of the same map.
    while (this.peek() !== undefined && !this.peek()?.separator) {
      const before = this.next;
      const block = this.block(0, 0);
      if (block?.kind === 'map') parts.push(...block.entries);
      value ??= block;
      if (this.next === before) this.next++;
    }
    if (value?.kind !== 'map' && value !== undefined) return value;
    return { kind: 'map', start, end: parts.at(-1)?.value.end ?? start, entries: parts };
  }

  /** The next line that says something; steps over the others. */
  private peek(): Line | undefined {
    for (; this.next < this.lines.length; this.next++) {
      const line = this.lines[this.next] as Line;
      const first = this.source[line.start];
      if (line.start >= line.end || first === '#' || (first === '%' && line.indent === 0)) continue;
      if (first === '{' && TEMPLATE_LINE.test(this.source.slice(line.start, line.end).trimEnd())) continue;
      return line;
    }
    return undefined;
  }

  private block(indent: number, depth: number): DataNode | undefined {
    const line = this.peek();
    if (line === undefined || line.separator || line.indent < indent || depth > MAX_DATA_DEPTH) return undefined;
    if (this.isItem(line)) return this.list(line.indent, depth);
    if (this.keyEnd(line.start, line.end) !== undefined) return this.map(line.indent, depth);
    this.next++;
    return this.inline(line.start, line.end, line.indent - 1, depth);
  }

  private isItem(line: Line): boolean {
    return (
      this.source[line.start] === '-' && (line.start + 1 >= line.end || /\s/.test(this.source[line.start + 1] ?? ''))
    );
  }

  private list(indent: number, depth: number): DataNode {
    const items: DataNode[] = [];
    const start = this.peek()?.start ?? 0;
    for (
      let line = this.peek();
      line && !line.separator && line.indent === indent && this.isItem(line);
      line = this.peek()
    ) {
      const dash = line.start;
      let at = dash + 1;
      while (at < line.end && this.source[at] === ' ') at++;
      if (at >= line.end || this.source[at] === '#') this.next++;
      else {
        // The rest of the line stands for a line of its own, as far in as it stands.
        line.indent += at - dash;
        line.start = at;
      }
      const item = this.block(indent + 1, depth + 1);
      if (item !== undefined) items.push(item);
    }
    return { kind: 'list', start, end: items.at(-1)?.end ?? start, items };
  }

  private map(indent: number, depth: number): DataNode {
    const entries: DataEntry[] = [];
    const start = this.peek()?.start ?? 0;
    for (let line = this.peek(); line && !line.separator && line.indent >= indent; line = this.peek()) {
      const colon = line.indent === indent ? this.keyEnd(line.start, line.end) : undefined;
      if (colon === undefined && line.indent === indent && this.isItem(line)) break;
      this.next++;
      if (colon !== undefined) entries.push(this.entry(line, colon, indent, depth));
    }
    return { kind: 'map', start, end: entries.at(-1)?.value.end ?? start, entries };
  }

  private entry(line: Line, colon: number, indent: number, depth: number): DataEntry {
    const quoted = this.source[line.start] === '"' || this.source[line.start] === "'";
    const keyStart = line.start + (quoted ? 1 : 0);
    let keyEnd = colon;
    while (keyEnd > keyStart && /\s/.test(this.source[keyEnd - 1] ?? '')) keyEnd--;
    if (quoted) keyEnd--;
    const at = this.skipTags(colon + 1, line.end);
    const key = this.source.slice(keyStart, keyEnd);
    if (at < line.end && this.source[at] !== '#') {
      return { key, keyStart, keyEnd, value: this.inline(at, line.end, indent, depth + 1) };
    }
    const below = this.peek();
    const sameLevel = below !== undefined && below.indent === indent && this.isItem(below);
    const value = sameLevel ? this.list(indent, depth + 1) : this.block(indent + 1, depth + 1);
    return { key, keyStart, keyEnd, value: value ?? this.scalar(colon + 1, colon + 1) };
  }

  /** The offset of the colon that ends a key, if a key stands there. */
  private keyEnd(start: number, end: number): number | undefined {
    const quote = this.source[start];
    let at = start;
    if (quote === '"' || quote === "'") {
      at = closingQuote(this.source, start) + 1;
      while (at < end && this.source[at] === ' ') at++;
      return this.source[at] === ':' && at < end ? at : undefined;
    }
    if (quote === '[' || (quote === '{' && this.source[start + 1] !== '{')) return undefined;
    for (; at < end; at++) {
      if (this.source[at] === '#' && at > start && this.source[at - 1] === ' ') return undefined;
      if (this.source[at] === ':' && (at + 1 >= end || this.source[at + 1] === ' ' || this.source[at + 1] === '\t'))
        return at;
    }
    return undefined;
  }

  private skipTags(from: number, end: number): number {
    let at = from;
    for (;;) {
      while (at < end && (this.source[at] === ' ' || this.source[at] === '\t')) at++;
      if (this.source[at] !== '!' && this.source[at] !== '&') return at;
      while (at < end && this.source[at] !== ' ') at++;
    }
  }

  /** A value that starts on the line of its key or dash. The line itself is taken already. */
  private inline(from: number, end: number, indent: number, depth: number): DataNode {
    const start = this.skipTags(from, end);
    const first = this.source[start];
    if (first === '|' || (first === '>' && !/[\w=]/.test(this.source[start + 1] ?? '')))
      return this.blockScalar(indent);
    if (first === '[' || (first === '{' && this.source[start + 1] !== '{')) return this.flow(start, depth);
    if (first === '"' || first === "'") return this.quoted(start);
    return this.plain(start, end, indent);
  }

  private blockScalar(indent: number): DataText {
    const start = this.lines[this.next]?.start ?? this.source.length;
    let end = start;
    for (let line = this.lines[this.next]; line !== undefined; line = this.lines[this.next]) {
      if (line.start < line.end && line.indent <= indent) break;
      if (line.start < line.end) end = line.end;
      this.next++;
    }
    return this.scalar(Math.min(start, end), end);
  }

  private plain(start: number, lineEnd: number, indent: number): DataText {
    const cut = (from: number, to: number) => {
      const comment = this.source.slice(from, to).search(/\s#/);
      let end = comment < 0 ? to : from + comment;
      while (end > from && /\s/.test(this.source[end - 1] ?? '')) end--;
      return end;
    };
    let end = cut(start, lineEnd);
    for (let line = this.peek(); line && !line.separator && line.indent > indent; line = this.peek()) {
      if (this.keyEnd(line.start, line.end) !== undefined || this.isItem(line)) break;
      end = cut(line.start, line.end);
      this.next++;
    }
    return this.scalar(start, end);
  }

  private quoted(start: number): DataText {
    const close = closingQuote(this.source, start);
    this.passTo(close);
    const raw = this.source.slice(start + 1, close);
    if (this.source[start] === "'")
      return { kind: 'text', start: start + 1, end: close, text: raw.replaceAll("''", "'") };
    return { kind: 'text', start: start + 1, end: close, text: raw.replace(/\\(["\\/])/g, '$1') };
  }

  /** Takes the lines up to the one that holds an offset. */
  private passTo(offset: number): void {
    for (let line = this.lines[this.next]; line !== undefined && line.start <= offset; line = this.lines[this.next])
      this.next++;
  }

  private flow(start: number, depth: number): DataNode {
    const reader = new YamlFlowReader(this.source, start);
    const node = reader.value(depth);
    this.passTo(reader.at - 1);
    return node;
  }

  private scalar(start: number, end: number): DataText {
    return { kind: 'text', start, end, text: this.source.slice(start, end) };
  }
}
