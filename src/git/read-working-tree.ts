import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type FolderListing, listFolder } from './list-folder.ts';
import { readBlobs, withSizes } from './read-blobs.ts';
import { SUBMODULE } from './read-commit.ts';
import { runGit } from './run-git.ts';
import { type GitState, isRead, MAX_FILE_BYTES, type ReadOptions, StateReader } from './state-reader.ts';

/** Files read at once. */
const AT_ONCE = 32;

/**
 * Reads the files of a folder as they are: in a git repository (`isRepository`: the folder is its top) those that git tracks or would
 * add, elsewhere all but `.git` and `node_modules`. Links are not followed. What a sparse checkout left out is read from git.
 */
export async function readWorkingTree(folder: string, isRepository: boolean, options: ReadOptions): Promise<GitState> {
  const reader = new StateReader(options);
  const listing = isRepository ? await trackedFiles(folder) : { ...(await listFolder(folder)), ...NOTHING_TRACKED };
  for (const { path, reason } of listing.notListed) reader.notSeen(path, reason);
  for (const [path, commit] of listing.submodules) reader.submodule(path, commit);
  const paths = [...listing.files, ...listing.others];
  const absent: string[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const gone = await Promise.all(
      paths
        .slice(at, at + AT_ONCE)
        .map(async (path) => ((await readFileInto(reader, folder, path, options)) ? [] : path)),
    );
    absent.push(...gone.flat());
  }
  await readLeftOut(folder, absent, listing.leftOut, reader, options);
  return reader.state('');
}

interface TreeListing extends FolderListing {
  /** Commits of other repositories, by path. */
  readonly submodules: ReadonlyMap<string, string>;
  /** Blobs of files that a sparse checkout does not lay out: https://git-scm.com/docs/git-sparse-checkout */
  readonly leftOut: ReadonlyMap<string, string>;
}

const NOTHING_TRACKED = { submodules: new Map<string, string>(), leftOut: new Map<string, string>() };

/** `TAG MODE ID STAGE\tPATH\0` for what is tracked, then what is not: https://git-scm.com/docs/git-ls-files#_output */
async function trackedFiles(folder: string): Promise<TreeListing> {
  const tracked = await runGit(folder, ['ls-files', '-z', '-t', '--cached', '--stage']);
  const others = await runGit(folder, ['ls-files', '-z', '--others', '--exclude-standard']);
  const files = new Set(lines(others));
  const [submodules, leftOut] = [new Map<string, string>(), new Map<string, string>()];
  for (const line of lines(tracked)) {
    const tab = line.indexOf('\t');
    const [tag, mode, blob = ''] = line.slice(0, tab).split(' ');
    const path = line.slice(tab + 1);
    if (mode === SUBMODULE) submodules.set(path, blob);
    else files.add(path);
    if (tag === 'S') leftOut.set(path, blob);
  }
  return { files: [...files].sort(), others: [], notListed: [], submodules, leftOut };
}

function lines(listing: Buffer): string[] {
  return listing.toString('utf8').split('\0').filter(Boolean);
}

/** Whether the file is there. */
async function readFileInto(reader: StateReader, folder: string, path: string, options: ReadOptions): Promise<boolean> {
  const found = await lstat(join(folder, path)).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const isGone = found.code === 'ENOENT' || found.code === 'ENOTDIR';
    if (!isGone && isRead(options, path)) reader.notSeen(path, 'It could not be opened.');
    return !isGone;
  }
  if (found.isSymbolicLink()) {
    const leads = await readlink(join(folder, path)).catch(() => undefined);
    reader.link(path, leads === undefined ? '' : blobId(Buffer.from(leads)), leads);
    return true;
  }
  if (!found.isFile()) {
    if (options.isDocument(path)) reader.notSeen(path, 'It is no regular file.');
    return true;
  }
  if (isRead(options, path)) await readContent(reader, folder, path, found.size);
  else reader.list(path, `size ${found.size}`);
  return true;
}

async function readContent(reader: StateReader, folder: string, path: string, size: number): Promise<void> {
  if (size > MAX_FILE_BYTES) {
    reader.list(path, `size ${size}`);
    return reader.tooLarge(path);
  }
  const content = await readFile(join(folder, path)).catch(() => undefined);
  if (content === undefined) return reader.notSeen(path, 'It could not be opened.');
  const blob = blobId(content);
  reader.list(path, blob);
  if (!reader.takeKnown(path, blob)) await reader.read(path, blob, content);
}

/** Files that are not there because nobody wanted them laid out; others were deleted, though git still tracks them. */
async function readLeftOut(
  folder: string,
  absent: readonly string[],
  leftOut: ReadonlyMap<string, string>,
  reader: StateReader,
  options: ReadOptions,
): Promise<void> {
  const wanted: { path: string; blob: string }[] = [];
  for (const path of absent) {
    const blob = leftOut.get(path);
    if (blob === undefined) continue;
    reader.list(path, blob);
    if (isRead(options, path) && !reader.takeKnown(path, blob)) wanted.push({ path, blob });
  }
  await readBlobs(folder, await withSizes(folder, wanted), reader);
}

/** Git's id of a content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
