import type { Nodes, Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** GitHub's own limit of a comment (https://docs.github.com/rest/issues/comments); nothing longer is searched. */
const MAX_BODY = 65_536;
const PREFIX = /^ {0,3}\/sightline(?=\s|$)/i;

/**
 * The parser's time grows with the square of some inputs: 65,000 characters of `a\n=\n` take it minutes. Within these limits the
 * worst that was found takes 0.2 s; no comment that gives a command comes near them.
 */
const READABLE = { characters: 8192, lines: 300, marks: 600 } as const;

/** A line that starts with `/sightline`; `line` counts from 1 in the comment, `text` is what stands after the word. */
export interface CommandLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The first line (from 1) that starts with `/sightline` in a comment that is too long or too intricate to be searched for
 * commands; undefined where it can be searched, or has no such line.
 */
export function unreadableLine(body: string): number | undefined {
  if (body.length > MAX_BODY || isReadable(body)) return undefined;
  const at = body.split(/\r\n|\n|\r/).findIndex((line) => PREFIX.test(line));
  return at < 0 ? undefined : at + 1;
}

function isReadable(body: string): boolean {
  if (body.length > READABLE.characters) return false;
  const lines = body.match(/[\r\n]/g)?.length ?? 0;
  // What Markdown gives a meaning to, list markers with digits among them.
  const marks = body.match(/[*_`>[\]!<&\\#=~|+-]|\d[.)]/g)?.length ?? 0;
  return lines <= READABLE.lines && marks <= READABLE.marks;
}

/**
 * The command lines of a comment: lines of a plain paragraph at the top level that start with `/sightline`. What stands in code,
 * quotes, lists, headings, HTML (also between its tags, as folded away by `<details>`), links or emphasis is no command, as nobody who reads the comment would take it for one.
 */
export function commandLines(body: string): CommandLine[] {
  if (!/\/sightline/i.test(body) || !isReadable(body)) return [];
  const paragraphs = plainParagraphs(fromMarkdown(body).children);
  const lines = body.split(/\r\n|\n|\r/);
  return paragraphs.flatMap((paragraph) => linesOf(paragraph, lines));
}

function plainParagraphs(nodes: readonly Nodes[]): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let depth = 0;
  for (const node of nodes) {
    if (node.type === 'html') depth = Math.max(0, depth + opened(node.value));
    if (node.type === 'paragraph' && depth === 0) paragraphs.push(node);
  }
  return paragraphs;
}

/** Elements that are closed without a tag of their own: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags */
const UNCLOSED = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i;

/** How many more elements a piece of HTML opens than it closes. */
function opened(html: string): number {
  const tags = html.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<(\/?)([a-z][a-z\d-]*)/gi);
  return [...tags].reduce((sum, [, close, name = '']) => sum + (UNCLOSED.test(name) ? 0 : close ? -1 : 1), 0);
}

function linesOf(paragraph: Paragraph, lines: readonly string[]): CommandLine[] {
  const found: CommandLine[] = [];
  const first = paragraph.position?.start.line ?? 1;
  const last = paragraph.position?.end.line ?? first;
  for (let number = first; number <= last; number++) {
    const line = lines[number - 1] ?? '';
    const match = PREFIX.exec(line);
    if (match === null) continue;
    const column = line.length - line.trimStart().length + 1;
    if (standsInText(paragraph.children, number, column))
      found.push({ line: number, text: line.slice(match[0].length).trim() });
  }
  return found;
}

/** Whether a position lies in a text node of the paragraph itself, not within code, HTML, a link or emphasis. */
function standsInText(children: readonly Nodes[], line: number, column: number): boolean {
  return children.some((node) => {
    if (node.type !== 'text' || node.position === undefined) return false;
    const { start, end } = node.position;
    const afterStart = line > start.line || (line === start.line && column >= start.column);
    return afterStart && (line < end.line || (line === end.line && column < end.column));
  });
}
