import { renderTerminalMarkdown, wrap } from './terminal-markdown.ts';

/** How to set text apart: escape codes on a terminal, nothing in a file. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly code: (text: string) => string;
  /** A body in Markdown as lines. */
  readonly markdown: (body: string) => string[];
  /** Text without markup as lines. */
  readonly text: (text: string) => string[];
}

const same = (text: string) => text;
const plain = { strong: same, faint: same, good: same, bad: same, code: same };

/** Bodies as they are, but for hidden markers: for golden files. */
export const RAW: Style = {
  ...plain,
  text: (text) => text.split('\n'),
  markdown: (body) =>
    body
      .replace(/<!--[\s\S]*?-->/g, '')
      .trim()
      .split('\n'),
};

/** For reading where there are no colours. */
export const PLAIN: Style = { ...plain, text: wrap, markdown: (body) => renderTerminalMarkdown(body, PLAIN) };

const escapeCode = (code: number) => (text: string) =>
  text
    .split('\n')
    .map((line) => `\u001b[${code}m${line}\u001b[0m`)
    .join('\n');

/** For a terminal. */
export const COLOURED: Style = {
  strong: escapeCode(1),
  faint: escapeCode(2),
  good: escapeCode(32),
  bad: escapeCode(31),
  code: escapeCode(36),
  text: wrap,
  markdown: (body) => renderTerminalMarkdown(body, COLOURED),
};
