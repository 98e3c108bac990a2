import type { Place } from '../document/place.ts';
import { parseHunks } from './hunks.ts';
import type { FileChange } from './repository-state.ts';

/** Which lines of the head a change brought, by path. `all`: every line, for the patch is missing or the file is new. */
export type ChangedLines = ReadonlyMap<string, 'all' | ReadonlySet<number>>;

/**
 * The added lines of every changed file. A file that changed but came without a patch (binary, too large) counts as changed throughout;
 * a pure rename or copy as not changed at all.
 */
export function changedLines(changes: readonly FileChange[]): ChangedLines {
  const changed = new Map<string, 'all' | ReadonlySet<number>>();
  for (const change of changes) {
    if (change.status === 'removed' || change.status === 'unchanged') continue;
    changed.set(change.path, linesOf(change));
  }
  return changed;
}

function linesOf(change: FileChange): 'all' | ReadonlySet<number> {
  if (change.patch === undefined) return change.status === 'renamed' || change.status === 'copied' ? new Set() : 'all';
  const lines = new Set<number>();
  for (const hunk of parseHunks(change.patch)) {
    for (const line of hunk.lines) if (line.kind === 'added' && line.newLine !== undefined) lines.add(line.newLine);
  }
  return lines;
}

/** Whether any line of a place was changed. */
export function isChanged(changed: ChangedLines, place: Place): boolean {
  const lines = changed.get(place.path);
  if (lines === undefined) return false;
  if (lines === 'all') return true;
  for (let line = place.range.startLine; line <= place.range.endLine; line += 1) if (lines.has(line)) return true;
  return false;
}
