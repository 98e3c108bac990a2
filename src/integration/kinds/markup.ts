import type { Found, KindScanner, ScanContext } from '../scan-kind.ts';
import type { Span } from '../span.ts';

const SCRIPT = /<script\b([^>]{0,400})>/gi;
const SCRIPT_END = /<\/script\s*>/gi;
/** Scripts of these types are data or templates. */
const NO_CODE =
  /\btype\s*=\s*["']?(?!(?:module|text\/javascript|application\/javascript|text\/babel|text\/typescript)\b)\w/i;
const LINE = { size: 2_000_000, line: 200_000 };

/** Pages and components that hold their code in `<script>`: HTML, Vue, Svelte, Astro's frontmatter. */
export const SCRIPTED_MARKUP: KindScanner = {
  limits: LINE,
  grammars: ['typescript'],
  scan: ({ text }, context) => {
    const blocks = scriptsOf(text);
    const frontmatter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text);
    const all = frontmatter === null ? blocks : [{ start: 3, end: frontmatter[0].length - 3 }, ...blocks];
    return scanBlocks(text, all, 'typescript', context);
  },
};

/** What stands in `<script>` elements that hold code. One pass: without an end, the rest of the page is nobody's script. */
function scriptsOf(text: string): Span[] {
  const blocks: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(SCRIPT)) {
    if (match.index < at) continue;
    const start = match.index + match[0].length;
    SCRIPT_END.lastIndex = start;
    const end = SCRIPT_END.exec(text)?.index;
    if (end === undefined) break;
    at = end;
    if (!NO_CODE.test(match[1] ?? '')) blocks.push({ start, end });
  }
  return blocks;
}

/** Razor pages and components: `@using`, `@inject`, and the blocks `@code`, `@functions`, `@{ }`. */
export const RAZOR: KindScanner = {
  limits: LINE,
  grammars: ['csharp'],
  scan: ({ text }, context) => {
    const usings = [...text.matchAll(/^@(using\s+[\w.=\s]{1,200}?);?[ \t]*\r?$/gm)].map((match) => ({
      start: match.index + 1,
      end: match.index + match[0].trimEnd().length,
    }));
    const code: Span[] = [];
    for (const match of text.matchAll(/@(?:code|functions)?\s{0,100}\{/g)) {
      const start = match.index + match[0].length;
      if (start >= (code.at(-1)?.end ?? 0)) code.push({ start, end: blockEnd(text, start) });
    }
    return scanBlocks(text, [...usings, ...code], 'csharp', context);
  },
};

/** Everything but the blocks gives way to blanks, so that places stay. */
function scanBlocks(
  text: string,
  blocks: readonly Span[],
  language: 'typescript' | 'csharp',
  context: ScanContext,
): readonly Found[] {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of [...blocks].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start) continue;
    parts.push(blanked(text.slice(at, start)), text.slice(start, end));
    at = end;
    // A directive ends its line without a semicolon.
    const closes = language === 'csharp' && /[ \r\n]/.test(text.charAt(at));
    if (closes) {
      parts.push(';');
      at += 1;
    }
  }
  if (parts.length === 0) return [];
  return context.scanCode(language, parts.join('') + blanked(text.slice(at)));
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Where the block ends whose opening brace stands before an offset. Braces in strings are counted as they come: a block may end late, never without end. */
function blockEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
