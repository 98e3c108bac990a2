import type { FileChange } from '../review/repository-state.ts';
import { GitError, runGit } from './run-git.ts';
import type { GitState } from './state-reader.ts';

/** Git's letters for what became of a file: https://git-scm.com/docs/git-diff-tree#_raw_output_format */
const STATUS: Readonly<Record<string, FileChange['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** The changed files between two commits with their hunks, as GitHub lists them. */
export async function readChanges(folder: string, from: string, to: string): Promise<readonly FileChange[]> {
  const listing = await runGit(folder, ['diff-tree', '-r', '-z', '-M', '--no-commit-id', '--raw', from, to]);
  const changes = parseRaw(listing.toString('utf8'));
  const patches = await readPatches(folder, from, to);
  // One patch for each entry, in the same order; if not, lines are not told apart, and every line of a changed file counts.
  if (patches.length !== changes.length) return changes;
  return changes.map((change, index) => {
    const patch = patches[index];
    return patch === undefined ? change : { ...change, patch };
  });
}

/** `:MODE MODE ID ID STATUS\0PATH\0`, with two paths for renames. */
function parseRaw(listing: string): FileChange[] {
  const fields = listing.split('\0');
  const changes: FileChange[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const letter = fields[at]?.split(' ')[4]?.charAt(0) ?? '';
    const status = STATUS[letter] ?? 'changed';
    const first = String(fields[at + 1]);
    const hasTwo = letter === 'R' || letter === 'C';
    changes.push(hasTwo ? { path: String(fields[at + 2]), previousPath: first, status } : { path: first, status });
    at += hasTwo ? 3 : 2;
  }
  return changes;
}

/** The hunks of each file; undefined where it has none (binary, a pure rename). */
async function readPatches(folder: string, from: string, to: string): Promise<readonly (string | undefined)[]> {
  const options = ['-r', '-M', '-p', '--no-commit-id', '--no-ext-diff', '--no-textconv', '--no-color', '--unified=3'];
  try {
    const text = (await runGit(folder, ['diff-tree', ...options, from, to])).toString('utf8');
    return text
      .split(/^diff --git /m)
      .slice(1)
      .map(hunksOf);
  } catch (error) {
    if (error instanceof GitError) return [];
    throw error;
  }
}

function hunksOf(section: string): string | undefined {
  const start = section.indexOf('\n@@ ');
  return start < 0 ? undefined : section.slice(start + 1).replace(/\n$/, '');
}

/**
 * The changed files between two states by their contents alone, for a working tree; renames show as removed and added. Only files that
 * `isRead`, for the contents of others are not known, and what is no file.
 */
export function changesBetween(
  base: GitState,
  head: GitState,
  isRead: (path: string) => boolean,
): readonly FileChange[] {
  const [before, after] = [heldBy(base, isRead), heldBy(head, isRead)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): FileChange[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    if (was === undefined) return [{ path, status: 'added' }];
    return [{ path, status: is === undefined ? 'removed' : 'modified' }];
  });
}

function heldBy({ paths, elsewhere }: GitState, isRead: (path: string) => boolean): ReadonlyMap<string, string> {
  return new Map([...[...paths].filter(([path]) => isRead(path)), ...elsewhere]);
}
