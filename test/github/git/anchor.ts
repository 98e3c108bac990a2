import { diffLines } from 'diff';
import type { Side } from '../state.ts';

/** Where a line lies in a patch. */
export interface Anchor {
  /** Lines below the first hunk header, as GitHub counts `position`. */
  readonly position: number;
  /** Which hunk, from 0. */
  readonly hunk: number;
  /** The hunk's text up to the line, as GitHub gives it in `diff_hunk`. */
  readonly diffHunk: string;
}

/** Finds a line (1-based) of one side in a patch; undefined where the patch does not show it. */
export function findAnchor(patch: string, side: Side, line: number): Anchor | undefined {
  let [left, right, hunk, hunkStart] = [0, 0, -1, 0];
  const lines = patch.split('\n');
  for (const [index, text] of lines.entries()) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (header !== null) {
      [left, right, hunk, hunkStart] = [Number(header[1]), Number(header[2]), hunk + 1, index];
      continue;
    }
    if (text.startsWith('\\')) continue;
    const onLeft = !text.startsWith('+') && left === line;
    const onRight = !text.startsWith('-') && right === line;
    if (side === 'LEFT' ? onLeft : onRight) {
      return { position: index, hunk, diffHunk: lines.slice(hunkStart, index + 1).join('\n') };
    }
    if (!text.startsWith('+')) left += 1;
    if (!text.startsWith('-')) right += 1;
  }
  return undefined;
}

/** Where a line (1-based) of an old text is in a new text; undefined where it was changed or removed. */
export function followLine(before: string, after: string, line: number): number | undefined {
  if (before === after) return line;
  let [old, fresh] = [1, 1];
  for (const part of diffLines(before, after)) {
    const count = part.count ?? 0;
    if (part.added) fresh += count;
    else if (line >= old && line < old + count) return part.removed ? undefined : fresh + line - old;
    else {
      old += count;
      if (!part.removed) fresh += count;
    }
  }
  return undefined;
}
