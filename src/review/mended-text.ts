import type { Problem } from '../document/place.ts';

/**
 * A document as its writer most likely meant it: every exact suggestion carried out. Undefined where there is none. Suggestions that
 * overlap are carried out but for the first.
 */
export function mendedText(text: string, problems: readonly Problem[]): string | undefined {
  const starts = lineStarts(text);
  const edits = problems.flatMap(({ suggestion }) => {
    if (suggestion === undefined) return [];
    const { startLine, startColumn, endLine, endColumn } = suggestion.range;
    const [from, to] = [starts[startLine - 1], starts[endLine - 1]];
    if (from === undefined || to === undefined) return [];
    return [{ from: from + startColumn - 1, to: to + endColumn - 1, text: suggestion.text }];
  });
  if (edits.length === 0) return undefined;
  edits.sort((a, b) => a.from - b.from);
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    if (edit.from < at) continue;
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  return `${parts.join('')}${text.slice(at)}`;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
