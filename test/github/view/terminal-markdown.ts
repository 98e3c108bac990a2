import type { Nodes, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Style } from './style.ts';

/** Columns that a line of text may have. */
const WIDTH = 100;

/** Markdown as text for a terminal: links by their words, folded details by their summary, lines wrapped. */
export function renderTerminalMarkdown(markdown: string, style: Style): string[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return renderBlocks(tree.children, style).slice(0, -1);
}

/** Each block is followed by an empty line. */
function renderBlocks(nodes: readonly RootContent[], style: Style): string[] {
  const lines: string[] = [];
  let depth = 0;
  for (const node of nodes) {
    const html = node.type === 'html' ? node.value : '';
    const [opened, closed] = [count(html, /<details>/g), count(html, /<\/details>/g)];
    if (opened > closed && depth === 0) lines.push(style.faint(`▸ ${summaryOf(html)} (folded)`), '');
    else if (depth === 0 && node.type !== 'html') lines.push(...renderBlock(node, style), '');
    depth += opened - closed;
  }
  return lines;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function summaryOf(html: string): string {
  return /<summary>([\s\S]*?)<\/summary>/.exec(html)?.[1]?.trim() ?? 'details';
}

function renderBlock(node: RootContent, style: Style): string[] {
  if (node.type === 'heading') return wrap(inline(node.children, style)).map(style.strong);
  if (node.type === 'paragraph') return wrap(inline(node.children, style));
  if (node.type === 'code') return node.value.split('\n').map((line) => style.faint(`    ${line}`));
  if (node.type === 'table') return renderTable(node, style);
  if (node.type === 'blockquote') return renderBlocks(node.children, style).map((line) => `> ${line}`);
  if (node.type === 'thematicBreak') return ['─'.repeat(20)];
  if (node.type !== 'list') return [];
  return node.children.flatMap((item, index) => {
    const bullet = node.ordered === true ? `${index + 1}. ` : '• ';
    const [first = '', ...rest] = renderBlocks(item.children, style).slice(0, -1);
    return [bullet + first, ...rest.map((line) => ' '.repeat(bullet.length) + line)];
  });
}

function renderTable(table: Table, style: Style): string[] {
  const rows = table.children.map((row) => row.children.map((cell) => inline(cell.children, style)));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? '')))) ?? [];
  return rows.map((row, index) => {
    const cells = row.map((cell, column) => cell + ' '.repeat(Math.max((widths[column] ?? 0) - width(cell), 0)));
    return index === 0 ? style.strong(cells.join('  ').trimEnd()) : cells.join('  ').trimEnd();
  });
}

function inline(nodes: readonly Nodes[], style: Style): string {
  return nodes.map((node) => inlineOf(node, style)).join('');
}

function inlineOf(node: Nodes, style: Style): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'inlineCode') return style.code(node.value);
  if (node.type === 'strong') return style.strong(inline(node.children, style));
  if (node.type === 'break') return '\n';
  return 'children' in node ? inline(node.children, style) : '';
}

/** Length without escape codes. */
function width(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
  return text.replace(/\u001b\[\d+m/g, '').length;
}

/** Breaks lines between words where they get too long. */
export function wrap(text: string): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1) ?? '';
      if (last !== '' && width(last) + 1 + width(word) > WIDTH) lines.push(word);
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return lines;
  });
}
