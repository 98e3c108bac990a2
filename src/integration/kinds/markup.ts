import type { Found, KindScanner, ScanContext } from '../scan-kind.ts';
import type { Span } from '../span.ts';

const SCRIPT = /<script\b([^>]{0,400})>/gi;
const SCRIPT_END = /<\/script\s*>/gi;
/** Scripts of these types are data or templates. */
const NO_CODE =
  /\btype\s*=\s*["']?(?!(?:module|text\/javascript|application\/javascript|text\/babel|text\/typescript)\b)\w/i;
const LINE = { size: 2_000_000, line: 200_000 };

/** Pages, components and templates of pages that hold their code in `<script>`: HTML, Vue, Svelte, ERB, EJS, Astro's frontmatter. */
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

/** A page with its code in another language around its scripts: what the scripts alone are, the rest blanked; undefined where there are none. */
export function scriptsOnly(text: string): string | undefined {
  const blocks = /<script\b/i.test(text) ? scriptsOf(text) : [];
  return blocks.length === 0 ? undefined : onlyBlocks(text, blocks, '');
}

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

/** Razor pages and components: `@using`, `@inject`, the blocks `@code`, `@functions`, `@{ }`, and scripts. */
export const RAZOR: KindScanner = {
  limits: LINE,
  grammars: ['csharp', 'typescript'],
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
    const scripts = scriptsOnly(text);
    return [
      ...scanBlocks(text, [...usings, ...code], 'csharp', context),
      ...(scripts === undefined ? [] : context.scanCode('typescript', scripts)),
    ];
  },
};

/** Everything but the blocks gives way to blanks, so that places stay. */
function scanBlocks(
  text: string,
  blocks: readonly Span[],
  language: 'typescript' | 'csharp',
  context: ScanContext,
): readonly Found[] {
  // A directive ends its line without a semicolon.
  const code = onlyBlocks(text, blocks, language === 'csharp' ? ';' : '');
  return code === undefined ? [] : context.scanCode(language, code);
}

function onlyBlocks(text: string, blocks: readonly Span[], ending: string): string | undefined {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of [...blocks].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start) continue;
    parts.push(blanked(text.slice(at, start)), text.slice(start, end));
    at = end;
    if (ending !== '' && /[ \r\n]/.test(text.charAt(at))) {
      parts.push(ending);
      at += 1;
    }
  }
  return parts.length === 0 ? undefined : parts.join('') + blanked(text.slice(at));
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
