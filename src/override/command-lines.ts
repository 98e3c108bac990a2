import type { Nodes, Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** GitHub's own limit of a comment (https://docs.github.com/rest/issues/comments); nothing longer is searched. */
const MAX_BODY = 65_536;
const PREFIX = /^ {0,3}\/sightline(?=\s|$)/i;

/** A line that starts with `/sightline`; `line` counts from 1 in the comment, `text` is what stands after the word. */
export interface CommandLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The command lines of a comment: lines of a plain paragraph at the top level that start with `/sightline`. What stands in code,
 * quotes, lists, headings, HTML, links or emphasis is no command, as nobody who reads the comment would take it for one.
 */
export function commandLines(body: string): CommandLine[] {
  if (body.length > MAX_BODY || !/\/sightline/i.test(body)) return [];
  const paragraphs = fromMarkdown(body).children.filter((node): node is Paragraph => node.type === 'paragraph');
  const lines = body.split(/\r\n|\n|\r/);
  return paragraphs.flatMap((paragraph) => linesOf(paragraph, lines));
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
