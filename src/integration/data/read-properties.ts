import type { DataEntry, DataNode } from './data-node.ts';

/**
 * Reads lines of `name = value`, `name: value` or `export NAME=value` (`.env`, `.properties`, `.ini`, `.cfg`) into one flat map;
 * comments (`#`, `;`, `!`, `//`) and lines of another form are left out, a section `[name]` is left out but for its lines.
 */
export function readProperties(text: string): DataNode {
  const entries: DataEntry[] = [];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const entry = readLine(text, from, end);
    if (entry !== undefined) entries.push(entry);
    from = end + 1;
  }
  return { kind: 'map', start: 0, end: text.length, entries };
}

function readLine(text: string, from: number, lineEnd: number): DataEntry | undefined {
  const skipped =
    /^\s*(?:export\s+|set\s+|-\s+)?/.exec(text.slice(from, Math.min(lineEnd, from + 200)))?.[0].length ?? 0;
  const keyStart = from + skipped;
  if (/[#;![/\r]/.test(text[keyStart] ?? '#')) return undefined;
  let keyEnd = keyStart;
  while (keyEnd < lineEnd && /[\w.\-[\]*]/.test(text[keyEnd] ?? '')) keyEnd++;
  let at = keyEnd;
  while (at < lineEnd && /[ \t]/.test(text[at] ?? '')) at++;
  if (keyEnd === keyStart || !/[=:]/.test(text[at] ?? '') || at >= lineEnd) return undefined;
  do at++;
  while (at < lineEnd && /[ \t]/.test(text[at] ?? ''));
  let end = lineEnd;
  while (end > at && /\s/.test(text[end - 1] ?? '')) end--;
  const quote = text[at];
  if ((quote === '"' || quote === "'") && text[end - 1] === quote && end > at + 1) {
    at++;
    end--;
  }
  const value = { kind: 'text', start: at, end, text: text.slice(at, end) } as const;
  return { key: text.slice(keyStart, keyEnd), keyStart, keyEnd, value };
}
