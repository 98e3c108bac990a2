import type { Place } from '../../document/place.ts';
import { clip, visible } from '../neutralise.ts';
import type { Paint } from './paint.ts';

/** Tabs are shown as this, so that the marks below stand where they should. */
const TAB = '    ';

/** The line of a place with its number, and marks under what is meant. */
export function excerpt({ range }: Place, line: string | undefined, width: number, paint: Paint): readonly string[] {
  if (line === undefined) return [];
  const number = String(range.startLine);
  const shown = visible(line).replaceAll('\n', ' ');
  const text = clip(shown.replaceAll('\t', TAB), Math.max(20, width - number.length - 8));
  const start = shown.slice(0, range.startColumn - 1).replaceAll('\t', TAB).length;
  const end =
    range.endLine === range.startLine ? shown.slice(0, range.endColumn - 1).replaceAll('\t', TAB).length : text.length;
  const first = Math.max(start, text.length - text.trimStart().length);
  const marks = Math.min(end, text.length) - first;
  const gutter = ' '.repeat(number.length);
  return [
    `${paint('dim', `${number} │`)} ${text}`,
    ...(marks > 0 && first < text.length
      ? [`${paint('dim', `${gutter} │`)} ${' '.repeat(first)}${paint('red', '^'.repeat(marks))}`]
      : []),
  ];
}
