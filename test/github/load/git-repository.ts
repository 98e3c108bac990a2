import { execFileSync } from 'node:child_process';
import type { NewFile } from '../actions/repositories.ts';
import type { FileMode } from '../git/object-store.ts';

/** Whole repositories pass through memory; more is no test's business. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** The files of one commit of a git repository on disk, read with the `git` command. */
export function readGitFiles(folder: string, commit = 'HEAD'): Map<string, NewFile> {
  const git = (args: readonly string[], input?: string) =>
    execFileSync('git', ['-C', folder, ...args], { maxBuffer: MAX_BYTES, ...(input !== undefined && { input }) });
  const listing = git(['ls-tree', '-r', '-z', commit])
    .toString()
    .split('\0')
    .filter((line) => line !== '');
  const entries = listing.map((line) => {
    const [, mode = '', , sha = '', path = ''] = /^(\d+) (\w+) (\w+)\t([\s\S]*)$/.exec(line) ?? [];
    return { mode: mode as FileMode, sha, path };
  });
  const blobs = entries.filter((entry) => entry.mode !== '160000');
  const contents = splitBatch(
    git(['cat-file', '--batch'], blobs.map((entry) => `${entry.sha}\n`).join('')),
    blobs.length,
  );
  const files = new Map<string, NewFile>();
  for (const [index, { mode, path }] of blobs.entries()) {
    files.set(path, { mode, content: contents[index] ?? Buffer.alloc(0) });
  }
  for (const { mode, sha, path } of entries) if (mode === '160000') files.set(path, { mode, content: sha });
  return files;
}

/** `git cat-file --batch` writes `<sha> <type> <size>`, the content, and a line break for each object. */
function splitBatch(output: Buffer, count: number): Buffer[] {
  const contents: Buffer[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const end = output.indexOf(10, offset);
    const size = Number(output.subarray(offset, end).toString().split(' ')[2]);
    contents.push(output.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return contents;
}
