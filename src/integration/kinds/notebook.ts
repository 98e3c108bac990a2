import { type DataNode, entryValue, itemsOf, textOf, valueAt } from '../data/data-node.ts';
import { readJson, readJsonString } from '../data/read-json.ts';
import type { SourceKind } from '../languages/languages.ts';
import { type Found, type KindScanner, type ScanContext, Unparsable } from '../scan-kind.ts';
import { scanShell } from './shell.ts';

/** Languages of kernels and of cells (`%%bash`, `#!csharp`) that are read. */
const LANGUAGES: Readonly<Record<string, SourceKind>> = {
  python: 'python',
  ipython: 'python',
  python3: 'python',
  csharp: 'csharp',
  'c#': 'csharp',
  javascript: 'javascript',
  typescript: 'typescript',
};
const MAX_CELLS = 2_000;

/** Code put together of pieces of a file: for each of its UTF-16 units the offset in the file. */
interface MappedCode {
  readonly text: string;
  readonly offsets: readonly number[];
}

/**
 * Notebooks: the code cells as one text, in their order (what one cell imports, another uses); outputs and prose are left out. Places
 * are those in the file as it is stored.
 */
export const NOTEBOOK: KindScanner = {
  // Pictures in outputs are stored in the file, each on one line.
  limits: { size: 20_000_000, line: 20_000_000 },
  grammars: ['python', 'csharp', 'javascript', 'typescript'],
  scan: ({ text, path }, context) => {
    const root = readJson(text);
    if (root === undefined) throw new Unparsable(`${path} is not JSON`);
    const language = languageOf(root);
    const cells = itemsOf(entryValue(root, 'cells'))
      .slice(0, MAX_CELLS)
      .filter((cell) => textOf(entryValue(cell, 'cell_type')) === 'code');
    const codes = cells.map((cell) => codeOf(text, entryValue(cell, 'source')));
    const shell = codes.flatMap((code) => shellOf(code, context));
    if (language === undefined) return shell;
    const whole = joined(codes.map((code) => withoutMagics(code)));
    const found = context.scanCode(language, whole.text);
    return [...found.map((item) => placed(item, whole)), ...shell];
  },
};

function languageOf(root: DataNode): SourceKind | undefined {
  const names = [
    valueAt(root, 'metadata', 'language_info', 'name'),
    valueAt(root, 'metadata', 'kernelspec', 'language'),
    valueAt(root, 'metadata', 'kernelspec', 'name'),
  ].map((node) => textOf(node)?.toLowerCase() ?? '');
  const known = names.find((name) => name !== '') ?? 'python';
  const plain = known.replace(/^\.net-/, '');
  return Object.hasOwn(LANGUAGES, plain) ? LANGUAGES[plain] : /python/.test(plain) ? 'python' : undefined;
}

/** A cell's source, a string or a list of lines, with the place of every character. */
function codeOf(file: string, source: DataNode | undefined): MappedCode {
  const pieces = itemsOf(source).flatMap((item): MappedCode[] => {
    if (item.kind !== 'text') return [];
    const { text, offsets } = readJsonString(file, item.start - 1);
    return [{ text, offsets: offsets ?? Array.from({ length: text.length }, (_, unit) => item.start + unit) }];
  });
  return joined(pieces, '');
}

function joined(pieces: readonly MappedCode[], separator = '\n\n'): MappedCode {
  const offsets: number[] = [];
  const texts: string[] = [];
  for (const piece of pieces) {
    if (texts.length > 0) {
      texts.push(separator);
      for (let unit = 0; unit < separator.length; unit++) offsets.push(offsets.at(-1) ?? 0);
    }
    texts.push(piece.text);
    for (const offset of piece.offsets) offsets.push(offset);
  }
  return { text: texts.join(''), offsets };
}

/** Lines that speak to the notebook or the shell give way to blanks, cells of other languages as a whole. */
function withoutMagics(code: MappedCode): MappedCode {
  const isOther = /^\s*(?:%%(?!time|capture|timeit)\w+|#!(?:pwsh|bash|powershell|markdown|html|sql|kql))/.test(
    code.text,
  );
  const pattern = isOther ? /[^\n]/g : /^[ \t]*[%!#][%!A-Za-z].*$/gm;
  return {
    ...code,
    text: code.text.replace(pattern, (match) => (match.startsWith('# ') ? match : ' '.repeat(match.length))),
  };
}

/** `!pip install x`, `%pip install x`, cells that begin with `%%bash` or `#!pwsh`. */
function shellOf(code: MappedCode, context: ScanContext): Found[] {
  const isShell = /^\s*(?:%%(?:bash|sh|shell|cmd|powershell)|#!(?:pwsh|bash|powershell))/.test(code.text);
  const keep = (line: string) =>
    /^[ \t]*[!%]/.test(line) ? line.replace(/^([ \t]*)[!%]/, '$1 ') : ' '.repeat(line.length);
  if (!isShell && !/^[ \t]*[!%]/m.test(code.text)) return [];
  const commands = isShell
    ? code.text.replace(/^\s*(?:%%|#!)\w+/, (match) => ' '.repeat(match.length))
    : code.text.replace(/[^\n]+/g, keep);
  // What is installed is used in the cells, which say for what.
  const found = scanShell(commands, undefined, context).filter((item) => isShell || item.bare !== true);
  return found.map((item) => placed(item, code));
}

function placed(item: Found, code: MappedCode): Found {
  const last = code.offsets.at(-1) ?? 0;
  const start = code.offsets[item.start] ?? last;
  return { ...item, start, end: Math.max(start, (code.offsets[item.end - 1] ?? last) + 1) };
}
