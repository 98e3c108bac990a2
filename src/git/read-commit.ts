import type { RepositoryState } from '../review/repository-state.ts';
import { runGit } from './run-git.ts';
import { isRead, type ListedFile, MAX_FILE_BYTES, type ReadOptions, StateReader } from './state-reader.ts';

/** Blobs asked of git at once, and their bytes: what is in memory at a time. */
const BATCH = { files: 500, bytes: 64 * 1024 * 1024 } as const;

/** Reads one commit's tree without checking it out. Symbolic links and submodules are no files of it. */
export async function readCommit(folder: string, sha: string, options: ReadOptions): Promise<RepositoryState> {
  const reader = new StateReader(options);
  const wanted: ListedFile[] = [];
  for (const entry of await listTree(folder, sha)) {
    if (entry.mode === '120000' || entry.mode === '160000') {
      if (options.isDocument(entry.path))
        reader.notSeen(entry.path, 'It is a symbolic link or a submodule, which is not followed.');
      continue;
    }
    reader.list(entry.path, entry.blob);
    if (!isRead(options, entry.path) || reader.takeKnown(entry.path, entry.blob)) continue;
    if (entry.size > MAX_FILE_BYTES) reader.tooLarge(entry.path);
    else wanted.push(entry);
  }
  for (const batch of batches(wanted)) await readBatch(folder, batch, reader);
  return reader.state(sha);
}

interface TreeEntry extends ListedFile {
  readonly mode: string;
}

/** Every entry of a tree, `MODE TYPE ID SIZE\tPATH\0`: https://git-scm.com/docs/git-ls-tree#_output_format */
async function listTree(folder: string, sha: string): Promise<readonly TreeEntry[]> {
  const listing = await runGit(folder, ['ls-tree', '-r', '-z', '--long', '--full-tree', sha]);
  return listing
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', , blob = '', size = ''] = line.slice(0, tab).split(/ +/);
      return { mode, blob, size: Number(size) || 0, path: line.slice(tab + 1) };
    });
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
async function readBatch(folder: string, files: readonly ListedFile[], reader: StateReader): Promise<void> {
  const answer = await runGit(
    folder,
    ['cat-file', '--batch', '--buffer'],
    `${files.map(({ blob }) => blob).join('\n')}\n`,
  );
  let at = 0;
  const reads: Promise<void>[] = [];
  for (const { path, blob } of files) {
    const end = answer.indexOf(0x0a, at);
    const [, type, size] = answer.subarray(at, end).toString('utf8').split(' ');
    at = end + 1;
    if (type !== 'blob') {
      reader.notSeen(path, 'Git does not have its content.');
      continue;
    }
    reads.push(reader.read(path, blob, answer.subarray(at, at + Number(size))));
    at += Number(size) + 1;
  }
  await Promise.all(reads);
}
