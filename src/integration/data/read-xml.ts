import { type DataEntry, type DataNode, MAX_DATA_DEPTH } from './data-node.ts';

/** The key under which the text of an element stands. */
export const XML_TEXT = '#text';

/**
 * Reads XML: an element is an entry whose value is a map of its attributes (keys with `@` before the name), its child elements
 * and its text (`#text`). Comments, instructions and document types are left out; a closing tag without an opening one too.
 * Linear; never fails.
 */
export function readXml(text: string): DataNode {
  const root = element(0, '');
  const open: Element[] = [root];
  for (let at = 0; at < text.length; ) {
    const tag = text.indexOf('<', at);
    addText(text, at, tag < 0 ? text.length : tag, open);
    if (tag < 0) break;
    at = readTag(text, tag, open);
  }
  return root;
}

interface Element {
  readonly kind: 'map';
  readonly start: number;
  end: number;
  readonly entries: DataEntry[];
  readonly name: string;
}

function element(start: number, name: string): Element {
  return { kind: 'map', start, end: start, entries: [], name };
}

function addText(text: string, from: number, to: number, open: readonly Element[]): void {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start] ?? '')) start++;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  const parent = open.at(-1);
  if (start === end || parent === undefined) return;
  const value = { kind: 'text', start, end, text: decode(text.slice(start, end)) } as const;
  parent.entries.push({ key: XML_TEXT, keyStart: start, keyEnd: end, value });
}

/** Reads what starts with `<` and answers the offset after it. */
function readTag(text: string, start: number, open: Element[]): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start);
  if (text.startsWith('<![CDATA[', start)) {
    const end = after(text, ']]>', start);
    addText(text, start + 9, end - 3, open);
    return end;
  }
  if (text[start + 1] === '!' || text[start + 1] === '?') return after(text, '>', start);
  if (text[start + 1] === '/') return closeTag(text, start, open);
  return openTag(text, start, open);
}

function closeTag(text: string, start: number, open: Element[]): number {
  const end = after(text, '>', start);
  const name = text.slice(start + 2, end - 1).trim();
  const last = open.at(-1);
  if (last === undefined || open.length === 1 || last.name !== name) return end;
  last.end = end;
  open.pop();
  return end;
}

function openTag(text: string, start: number, open: Element[]): number {
  let at = start + 1;
  while (at < text.length && !/[\s/>]/.test(text[at] ?? '')) at++;
  const name = text.slice(start + 1, at);
  const made = element(start, name);
  const parent = open.at(-1);
  const fits = name !== '' && parent !== undefined && open.length < MAX_DATA_DEPTH;
  if (fits) parent.entries.push({ key: name, keyStart: start + 1, keyEnd: at, value: made });
  at = readAttributes(text, at, made);
  made.end = after(text, '>', at);
  if (fits && text[made.end - 2] !== '/') open.push(made);
  return made.end;
}

function readAttributes(text: string, from: number, to: Element): number {
  let at = from;
  for (;;) {
    while (at < text.length && /[\s/]/.test(text[at] ?? '')) at++;
    const keyStart = at;
    while (at < text.length && !/[\s=/>]/.test(text[at] ?? '')) at++;
    const keyEnd = at;
    if (keyStart === keyEnd) return at;
    while (at < text.length && /\s/.test(text[at] ?? '')) at++;
    if (text[at] !== '=') continue;
    do at++;
    while (at < text.length && /\s/.test(text[at] ?? ''));
    const quote = text[at];
    if (quote !== '"' && quote !== "'") continue;
    const close = text.indexOf(quote, at + 1);
    const end = close < 0 ? text.length : close;
    const value = { kind: 'text', start: at + 1, end, text: decode(text.slice(at + 1, end)) } as const;
    to.entries.push({ key: `@${text.slice(keyStart, keyEnd)}`, keyStart, keyEnd, value });
    at = end + 1;
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.includes('&') ? text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ENTITIES[name] ?? '') : text;
}
