import type { Place } from '../document/place.ts';
import { type ChangedLines, isChanged } from './changed-lines.ts';

/** Further places that a finding keeps; more would not be read. */
const MAX_RELATED = 20;

/**
 * Where a finding is shown: the first of its places that the change touched, else the first; the others are related. No place at all
 * gives none.
 */
export function choosePlace(
  candidates: readonly Place[],
  changed: ChangedLines,
): { readonly place?: Place; readonly related: readonly Place[] } {
  const places = distinct(candidates);
  const place = places.find((candidate) => isChanged(changed, candidate)) ?? places[0];
  if (place === undefined) return { related: [] };
  return { place, related: places.filter((other) => other !== place).slice(0, MAX_RELATED) };
}

/** The first line of a place that spans several, as the text has it: nobody reads a remark under fifty lines. */
export function firstLine(place: Place, text: string | undefined): Place {
  const { startLine, startColumn, endLine } = place.range;
  if (startLine === endLine) return place;
  const length = text?.split('\n', startLine)[startLine - 1]?.trimEnd().length ?? startColumn;
  return {
    path: place.path,
    range: { startLine, startColumn, endLine: startLine, endColumn: Math.max(startColumn, length + 1) },
  };
}

function distinct(places: readonly Place[]): readonly Place[] {
  const byKey = new Map<string, Place>();
  for (const place of places) {
    const key = `${place.path}:${place.range.startLine}`;
    if (!byKey.has(key)) byKey.set(key, place);
  }
  return [...byKey.values()];
}
