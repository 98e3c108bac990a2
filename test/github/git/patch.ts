import { structuredPatch } from 'diff';
import type { ObjectStore } from './object-store.ts';
import type { TreeChange } from './tree-diff.ts';

/** A changed file as `GET …/pulls/{n}/files` tells it. */
export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks without a file header; absent for binary and too large files and pure renames. */
  readonly patch?: string;
}

/** A hunk's extent on both sides, and which of their lines it shows. Lines are 1-based. */
export interface Hunk {
  readonly left: ReadonlySet<number>;
  readonly right: ReadonlySet<number>;
}

/** A file above either limit comes without a patch: https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits */
export interface PatchLimits {
  readonly lines: number;
  readonly bytes: number;
}

export const PATCH_LIMITS: PatchLimits = { lines: 20_000, bytes: 500_000 };

/** Git's own test: a NUL within the first 8,000 bytes. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

/** Describes one change as GitHub does. */
export function describeChange(store: ObjectStore, change: TreeChange, limits: PatchLimits): ChangedFile {
  const status = change.previousPath !== undefined ? 'renamed' : statusOf(change);
  const common = {
    path: change.path,
    ...(change.previousPath !== undefined && { previousPath: change.previousPath }),
    status,
    sha: change.after?.sha ?? change.before?.sha ?? '',
  } as const;
  const [before, after] = [readSide(store, change.before), readSide(store, change.after)];
  if (isBinary(before) || isBinary(after) || before.equals(after)) return { ...common, additions: 0, deletions: 0 };
  const { patch, additions, deletions } = makePatch(before.toString(), after.toString());
  const tooLarge = additions + deletions > limits.lines || patch.length > limits.bytes;
  return { ...common, additions, deletions, ...(!tooLarge && patch !== '' && { patch }) };
}

function statusOf(change: TreeChange): 'added' | 'removed' | 'modified' {
  if (change.before === undefined) return 'added';
  return change.after === undefined ? 'removed' : 'modified';
}

function readSide(store: ObjectStore, entry: TreeChange['before']): Buffer {
  if (entry?.mode === '160000') return Buffer.from(`Subproject commit ${entry.sha}\n`);
  return store.blobs.get(entry?.sha ?? '') ?? Buffer.alloc(0);
}

function makePatch(before: string, after: string): { patch: string; additions: number; deletions: number } {
  const { hunks } = structuredPatch('a', 'b', before, after, undefined, undefined, { context: 3 });
  const oldLines = before.split('\n');
  let additions = 0;
  let deletions = 0;
  const parts = hunks.map((hunk) => {
    additions += hunk.lines.filter((line) => line.startsWith('+')).length;
    deletions += hunk.lines.filter((line) => line.startsWith('-')).length;
    const heading = findHeading(oldLines, hunk.oldStart - 1);
    const ranges = `-${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)}`;
    return [`@@ ${ranges} @@${heading}`, ...hunk.lines].join('\n');
  });
  return { patch: parts.join('\n'), additions, deletions };
}

/** Git writes `5` for one line and `0,0` for an empty side; the `diff` package counts an empty side from 1. */
function range(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return lines === 0 ? `${start - 1},0` : `${start},${lines}`;
}

/** The nearest line above that starts a definition, as git puts it behind the ranges. */
function findHeading(lines: readonly string[], before: number): string {
  for (let index = before - 1; index >= 0; index -= 1) {
    if (/^[A-Za-z_$]/.test(lines[index] ?? '')) return ` ${(lines[index] ?? '').slice(0, 80).trimEnd()}`;
  }
  return '';
}

/** Reads back which lines a patch shows, hunk by hunk. */
export function parseHunks(patch: string): Hunk[] {
  const hunks: { left: Set<number>; right: Set<number> }[] = [];
  let [left, right] = [0, 0];
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header !== null) {
      [left, right] = [Number(header[1]), Number(header[2])];
      hunks.push({ left: new Set(), right: new Set() });
      continue;
    }
    if (line.startsWith('\\')) continue;
    if (!line.startsWith('+')) hunks.at(-1)?.left.add(left++);
    if (!line.startsWith('-')) hunks.at(-1)?.right.add(right++);
  }
  return hunks;
}
