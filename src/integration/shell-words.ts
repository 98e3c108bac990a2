import type { Span } from './span.ts';

/** A word of a command line: without its quotes, variables as `*`. */
export interface ShellWord extends Span {
  readonly text: string;
}

/** One command: the words between separators, sorted by place. */
export type ShellCommand = readonly ShellWord[];

const SEPARATORS = new Set([';', '|', '&', '\n', '(', ')', '`']);

/**
 * Splits shell code (also of Dockerfiles, Makefiles, PowerShell and workflows) into commands and words: quotes, escapes, continued
 * lines and comments are understood; nothing is expanded. Linear, never fails. `base` is added to every offset.
 */
export function readShell(source: string, base = 0): ShellCommand[] {
  const reader = new ShellReader(source, base);
  while (reader.at < source.length) reader.step();
  reader.endCommand();
  return reader.commands;
}

class ShellReader {
  readonly commands: ShellWord[][] = [];
  at = 0;
  private readonly source: string;
  private readonly base: number;
  private words: ShellWord[] = [];
  private parts: string[] = [];
  private start = -1;

  constructor(source: string, base: number) {
    this.source = source;
    this.base = base;
  }

  step(): void {
    const mark = this.source[this.at] ?? '';
    const isContinuation =
      (mark === '\\' || mark === '`') && /^[ \t]*\r?\n/.test(this.source.slice(this.at + 1, this.at + 20));
    if (isContinuation) this.at = this.source.indexOf('\n', this.at) + 1;
    else if (mark === '#' && this.start < 0) this.passLine();
    else if (mark === '"' || mark === "'") this.quoted(mark);
    else if (mark === '$') this.variable();
    else if (SEPARATORS.has(mark)) this.separator();
    else if (/\s/.test(mark)) this.passBlank();
    else this.take(mark === '\\' ? 1 : 0);
  }

  endCommand(): void {
    this.endWord();
    if (this.words.length > 0) this.commands.push(this.words);
    this.words = [];
  }

  private endWord(): void {
    if (this.start < 0) return;
    this.words.push({ text: this.parts.join(''), start: this.base + this.start, end: this.base + this.at });
    this.parts = [];
    this.start = -1;
  }

  private begin(): void {
    if (this.start < 0) this.start = this.at;
  }

  private take(skip: number): void {
    this.begin();
    this.parts.push(this.source[this.at + skip] ?? '');
    this.at += 1 + skip;
  }

  private separator(): void {
    this.endCommand();
    this.at++;
  }

  private passBlank(): void {
    this.endWord();
    this.at++;
  }

  private passLine(): void {
    const newline = this.source.indexOf('\n', this.at);
    this.at = newline < 0 ? this.source.length : newline;
  }

  private quoted(quote: string): void {
    this.begin();
    let end = this.at + 1;
    while (end < this.source.length && this.source[end] !== quote)
      end += quote === '"' && this.source[end] === '\\' ? 2 : 1;
    const text = this.source.slice(this.at + 1, Math.min(end, this.source.length));
    this.parts.push(quote === '"' ? open(text.replace(/\\(["\\$`])/g, '$1')) : text);
    this.at = Math.min(end + 1, this.source.length);
  }

  private variable(): void {
    const name = /^\$(?:\{[^}\n]{0,200}\}|\w+|[@*#?!-])/.exec(this.source.slice(this.at, this.at + 210))?.[0];
    if (name === undefined) {
      this.take(0);
      return;
    }
    this.begin();
    this.parts.push('*');
    this.at += name.length;
  }
}

function open(text: string): string {
  return text.replace(/\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$\w+/g, '*');
}
