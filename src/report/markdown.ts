import { httpsUrl } from './https-url.ts';
import { clip, escapeHtml, escapeMarkdown, oneLine, visible } from './neutralise.ts';

declare const made: unique symbol;

/** A piece of Markdown that only the functions of this file can make, so that whatever came from a repository has passed them. */
export interface Markdown {
  readonly [made]: true;
  toString(): string;
}

/** What may stand in a hole of a template: a string is text, and rendered as exactly that. */
export type Hole = Markdown | string | number;

/** Longest text or code that one hole takes; whoever wants more gives a limit. */
const MAX_HOLE = 500;

class Piece implements Markdown {
  declare readonly [made]: true;
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }
  toString(): string {
    return this.#source;
  }
}

/**
 * Markdown from a template whose fixed parts are trusted and whose holes are not.
 *
 * @example md`Use case ${code(useCase.id)} of ${owner}` // `owner` is neutralised as text
 */
export function md(fixed: TemplateStringsArray, ...holes: readonly Hole[]): Markdown {
  const parts = fixed.flatMap((part, index) => (index < holes.length ? [part, source(holes[index] as Hole)] : [part]));
  return new Piece(parts.join(''));
}

function source(hole: Hole): string {
  return hole instanceof Piece ? hole.toString() : text(String(hole)).toString();
}

/** Plain text on one line, clipped. */
export function text(value: string, limit = MAX_HOLE): Markdown {
  return new Piece(escapeMarkdown(clip(oneLine(value), limit)));
}

/**
 * A message of the project, in which backticks stand around values: those as code, the rest as text. Unpaired or hostile backticks only move the
 * border between the two.
 */
export function prose(value: string, limit = 2000): Markdown {
  const parts = clip(oneLine(value), limit).split('`');
  // Spaces at the ends of a stretch part it from the code beside it; `text` would take them off.
  const pieces = parts.map((part, index) => {
    if (index % 2 === 1) return code(part, limit).toString();
    const inner = escapeMarkdown(part);
    return inner === '' ? part : `${/^\s/.test(part) ? ' ' : ''}${inner}${/\s$/.test(part) ? ' ' : ''}`;
  });
  return new Piece(pieces.join('').trim());
}

/** A code span on one line, clipped. Backticks inside are outdone by longer ones. */
export function code(value: string, limit = MAX_HOLE): Markdown {
  const inner = clip(oneLine(value), limit) || ' ';
  const fence = '`'.repeat(longestRun(inner) + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return new Piece(`${fence}${pad}${inner}${pad}${fence}`);
}

/** A fenced block; the fence is longer than any in the content, which keeps its lines. `language` is ours. */
export function codeBlock(content: string, language = '', limit = 20_000): Markdown {
  const inner = clip(visible(content), limit).replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(inner) + 1));
  return new Piece(`${fence}${language}\n${inner}\n${fence}`);
}

function longestRun(content: string): number {
  return Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A link, if the address is https; its label alone otherwise. */
export function link(label: Hole, url: string): Markdown {
  const address = httpsUrl(url);
  return address === undefined ? new Piece(source(label)) : new Piece(`[${source(label)}](${address})`);
}

/**
 * `@login` or `@organisation/team` as GitHub reads it, so that they are told; undefined where it is neither, or a team of another organisation.
 * Only for names that people of the repository declared to be told. https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam
 */
export function mention(name: string, organisation: string): Markdown | undefined {
  const [, account = '', team] =
    /^@([A-Za-z0-9][A-Za-z0-9_-]{0,99})(?:\/([A-Za-z0-9][A-Za-z0-9._-]{0,99}))?$/.exec(name) ?? [];
  if (account === '' || (team !== undefined && account.toLowerCase() !== organisation.toLowerCase())) return undefined;
  return new Piece(name);
}

export function strong(hole: Hole): Markdown {
  return new Piece(`**${source(hole)}**`);
}

export function heading(level: 2 | 3 | 4, hole: Hole): Markdown {
  return new Piece(`${'#'.repeat(level)} ${source(hole)}`);
}

/** Blocks under each other with a blank line between; empty ones are left out. */
export function blocks(...parts: readonly (Markdown | undefined)[]): Markdown {
  return new Piece(
    parts
      .map(String)
      .filter((part) => part !== '' && part !== 'undefined')
      .join('\n\n'),
  );
}

/** Lines under each other within one block. */
export function lines(...parts: readonly (Markdown | undefined)[]): Markdown {
  return new Piece(parts.filter((part) => part !== undefined).join('\n'));
}

/** Pieces on one line with a separator of ours. */
export function inline(parts: readonly Hole[], separator = ', '): Markdown {
  return new Piece(parts.map(source).join(separator));
}

/** A list; an item of several blocks stays one item. */
export function bullets(items: readonly Markdown[]): Markdown {
  return new Piece(items.map((item) => `- ${indent(item.toString(), '  ')}`).join('\n'));
}

export function numbered(items: readonly Markdown[]): Markdown {
  return new Piece(items.map((item, index) => `${index + 1}. ${indent(item.toString(), '   ')}`).join('\n'));
}

function indent(block: string, by: string): string {
  return block.replaceAll(/\n(?!\n|$)/g, `\n${by}`);
}

/** A table of one-line cells. */
export function table(header: readonly Hole[], rows: readonly (readonly Hole[])[]): Markdown {
  const row = (cells: readonly Hole[]) => `| ${cells.map((cell) => cellSource(cell)).join(' | ')} |`;
  return new Piece([row(header), `| ${header.map(() => '---').join(' | ')} |`, ...rows.map(row)].join('\n'));
}

/** Within a table a bar parts cells even inside code, so that it has to be escaped there as well. */
function cellSource(cell: Hole): string {
  return source(cell)
    .replaceAll('\n', ' ')
    .replaceAll(/(\\*)\|/g, (_, slashes: string) => `${slashes.length % 2 === 1 ? slashes : `${slashes}\\`}|`);
}

/** A folded part. The summary is text. */
export function details(summary: string, body: Markdown): Markdown {
  return new Piece(`<details>\n<summary>${escapeHtml(summary)}</summary>\n\n${body}\n\n</details>`);
}

/** A comment that nobody sees, by which the project knows its own texts again. Both parts are ours: letters, digits and `._:~-` only. */
export function marker(name: string, value: string): Markdown {
  if (!/^[\w.:~-]+$/.test(`${name}${value}`) || value.includes('--')) throw new Error(`not a marker: ${name} ${value}`);
  return new Piece(`<!-- ${name} ${value} -->`);
}

/** Bytes of UTF-8, which is at least the number of characters, however they are counted. */
export function sizeOf(piece: Markdown): number {
  return new TextEncoder().encode(piece.toString()).length;
}

/**
 * As many parts as fit within `limit` bytes, the first one in any case; `rest` says how many were left out. The head has to be bounded by
 * whoever makes it.
 */
export function withinLimit(
  limit: number,
  head: Markdown,
  parts: readonly Markdown[],
  rest: (left: number) => Markdown,
): Markdown {
  const whole = blocks(head, ...parts);
  if (sizeOf(whole) <= limit) return whole;
  const kept = [head];
  let size = sizeOf(head) + sizeOf(rest(parts.length)) + 2;
  for (const part of parts) {
    size += sizeOf(part) + 2;
    if (size > limit) break;
    kept.push(part);
  }
  return blocks(...kept, rest(parts.length - (kept.length - 1)));
}
