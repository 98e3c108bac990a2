import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryState } from '../review/repository-state.ts';
import { type FolderListing, listFolder } from './list-folder.ts';
import { runGit } from './run-git.ts';
import { isRead, MAX_FILE_BYTES, type ReadOptions, StateReader } from './state-reader.ts';

/** Files read at once. */
const AT_ONCE = 32;

/**
 * Reads the files of a folder as they are: in a git repository (`isRepository`: the folder is its top) those that git tracks or would
 * add, elsewhere all but `.git` and `node_modules`. Links are not followed.
 */
export async function readWorkingTree(
  folder: string,
  isRepository: boolean,
  options: ReadOptions,
): Promise<RepositoryState> {
  const reader = new StateReader(options);
  const { files, others, notListed } = isRepository ? await trackedFiles(folder) : await listFolder(folder);
  for (const { path, reason } of notListed) reader.notSeen(path, reason);
  const paths = [...files, ...others];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => readFileInto(reader, folder, path, options)));
  }
  return reader.state('');
}

async function trackedFiles(folder: string): Promise<FolderListing> {
  const listing = await runGit(folder, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return {
    files: [...new Set(listing.toString('utf8').split('\0').filter(Boolean))].sort(),
    others: [],
    notListed: [],
  };
}

async function readFileInto(reader: StateReader, folder: string, path: string, options: ReadOptions): Promise<void> {
  const found = await lstat(join(folder, path)).catch(() => undefined);
  // Deleted in the working tree, though git still tracks it.
  if (found === undefined) return;
  if (!found.isFile()) {
    if (options.isDocument(path)) reader.notSeen(path, 'It is no regular file; links are not followed.');
    return;
  }
  if (!isRead(options, path)) return reader.list(path, `size ${found.size}`);
  if (found.size > MAX_FILE_BYTES) {
    reader.list(path, `size ${found.size}`);
    return reader.tooLarge(path);
  }
  const content = await readFile(join(folder, path)).catch(() => undefined);
  if (content === undefined) return reader.notSeen(path, 'It could not be opened.');
  const blob = blobId(content);
  reader.list(path, blob);
  if (!reader.takeKnown(path, blob)) await reader.read(path, blob, content);
}

/** Git's id of a content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
