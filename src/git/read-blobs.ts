import { runGit } from './run-git.ts';
import { type ListedFile, MAX_FILE_BYTES, type StateReader } from './state-reader.ts';

/** Blobs asked of git at once, and their bytes: what is in memory at a time. */
const BATCH = { files: 500, bytes: 64 * 1024 * 1024 } as const;

/** Longest path that a symbolic link is followed to in thought. */
const MAX_TARGET_BYTES = 4096;

/** Reads files out of the repository's objects. */
export async function readBlobs(folder: string, files: readonly ListedFile[], reader: StateReader): Promise<void> {
  const wanted = files.filter(({ path, size }) => {
    if (size > MAX_FILE_BYTES) reader.tooLarge(path);
    return size <= MAX_FILE_BYTES;
  });
  for (const batch of batches(wanted)) {
    const reads = (await contents(folder, batch)).map(([{ path, blob }, content]) =>
      content === undefined ? reader.notSeen(path, 'Git does not have its content.') : reader.read(path, blob, content),
    );
    await Promise.all(reads);
  }
}

/** Where symbolic links lead, by path; those that lead too far are left out. */
export async function readTargets(folder: string, links: readonly ListedFile[]): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  for (const batch of batches(links.filter(({ size }) => size <= MAX_TARGET_BYTES))) {
    for (const [{ path }, content] of await contents(folder, batch))
      if (content !== undefined) targets.set(path, content.toString('utf8'));
  }
  return targets;
}

/** Files of which git's index told no size, with it; 0 where git does not have the content. */
export async function withSizes(
  folder: string,
  files: readonly Omit<ListedFile, 'size'>[],
): Promise<readonly ListedFile[]> {
  if (files.length === 0) return [];
  const asked = files.map(({ blob }) => `${blob}\n`).join('');
  const answer = await runGit(folder, ['cat-file', '--batch-check=%(objectsize)', '--buffer'], asked);
  const sizes = answer.toString('utf8').split('\n');
  return files.map((file, index) => ({ ...file, size: Number(sizes[index]) || 0 }));
}

function* batches(files: readonly ListedFile[]): Generator<readonly ListedFile[]> {
  let batch: ListedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length === BATCH.files || bytes + file.size > BATCH.bytes) {
      if (batch.length > 0) yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) yield batch;
}

/** `ID TYPE SIZE\nCONTENT\n` for each blob in the order asked: https://git-scm.com/docs/git-cat-file#_batch_output */
async function contents(
  folder: string,
  files: readonly ListedFile[],
): Promise<readonly (readonly [ListedFile, Buffer | undefined])[]> {
  const answer = await runGit(
    folder,
    ['cat-file', '--batch', '--buffer'],
    files.map(({ blob }) => `${blob}\n`).join(''),
  );
  let at = 0;
  return files.map((file) => {
    const end = answer.indexOf(0x0a, at);
    const [, type, size] = answer.subarray(at, end).toString('utf8').split(' ');
    const start = end + 1;
    at = type === 'blob' ? start + Number(size) + 1 : start;
    return [file, type === 'blob' ? answer.subarray(start, at - 1) : undefined];
  });
}
