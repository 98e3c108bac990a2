import type { Range } from '../document/place.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import type { Integration } from './integration.ts';
import type { Found, TextFile } from './scan-kind.ts';

const MAX_EVIDENCE = 200;
/** More places of one capability in one file than this are left out: nobody reads them. */
const MAX_PLACES = 200;

/**
 * Makes integrations of what was found in a file: places, evidence, one for each (provider, capability, line), bare ones dropped where the
 * file shows more of the provider, facts of the same call joined. Sorted by place.
 */
export function integrationsOf(file: TextFile, found: readonly Found[], catalog: CompiledCatalog): Integration[] {
  const lines = lineStarts(file.text);
  const more = new Set(found.filter((item) => item.bare !== true).map((item) => item.provider));
  const merged = new Map<string, Found & { range: Range }>();
  const places = new Map<string, number>();
  for (const item of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (item.bare === true && more.has(item.provider)) continue;
    const range = rangeOf(file.text, lines, item);
    const key = `${item.provider} ${item.capability} ${range.startLine}`;
    const known = merged.get(key);
    const what = `${item.provider} ${item.capability}`;
    const count = (places.get(what) ?? 0) + (known === undefined ? 1 : 0);
    if (count > MAX_PLACES) continue;
    places.set(what, count);
    merged.set(key, known === undefined ? { ...item, range } : { ...known, ...join(known, item) });
  }
  return [...merged.values()].map((item) => ({
    path: file.path,
    provider: item.provider,
    service: catalog.byId.get(item.provider)?.service ?? 'other',
    capability: item.capability,
    certainty: item.certainty,
    facts: item.facts,
    range: item.range,
    evidence: evidenceOf(file.text, item),
    entry: `${item.provider}/${item.entry}`,
  }));
}

function join(known: Found, item: Found): Pick<Found, 'facts' | 'certainty'> {
  const facts: Record<string, readonly string[] | number> = { ...known.facts };
  for (const [name, value] of Object.entries(item.facts)) {
    const have = facts[name];
    facts[name] = Array.isArray(value) && Array.isArray(have) ? [...new Set([...have, ...value])] : value;
  }
  return { facts, certainty: known.certainty === 'seen' ? 'seen' : item.certainty };
}

/** Offsets at which lines start; `\n` and `\r\n` end a line, as on GitHub. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The place of a stretch of text: up to the end of its first line, so that an annotation stands at the line that matters. */
function rangeOf(text: string, lines: readonly number[], item: Found): Range {
  const start = position(lines, item.start);
  const firstBreak = text.indexOf('\n', item.start);
  const end =
    firstBreak >= 0 && firstBreak < item.end ? firstBreak - (text[firstBreak - 1] === '\r' ? 1 : 0) : item.end;
  const stop = position(lines, Math.max(end, item.start));
  return { startLine: start.line, startColumn: start.column, endLine: stop.line, endColumn: stop.column };
}

function position(lines: readonly number[], offset: number): { line: number; column: number } {
  let [low, high] = [0, lines.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}

function evidenceOf(text: string, item: Found): string {
  const line = text.slice(item.start, Math.min(item.end, item.start + MAX_EVIDENCE)).split(/[\r\n]/)[0] ?? '';
  return line.trim();
}
