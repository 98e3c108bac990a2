import type { Range } from './place.ts';

/** Turns offsets (UTF-16 units from 0) of one text into lines and columns (from 1). */
export interface LineIndex {
  rangeOf(start: number, end: number): Range;
}

/** Indexes the line starts of a text: linear once, then logarithmic a question. Lines end with `\n` or `\r\n`. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    rangeOf(start, end) {
      const [startLine, startColumn] = positionOf(starts, Math.min(start, text.length));
      const [endLine, endColumn] = positionOf(starts, Math.min(Math.max(start, end), text.length));
      return { startLine, startColumn, endLine, endColumn };
    },
  };
}

function positionOf(starts: readonly number[], offset: number): [line: number, column: number] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (starts[low] ?? 0) + 1];
}
