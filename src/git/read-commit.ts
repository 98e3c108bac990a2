import { readBlobs, readTargets } from './read-blobs.ts';
import { runGit } from './run-git.ts';
import { type GitState, isRead, type ListedFile, type ReadOptions, StateReader } from './state-reader.ts';

/** Git's modes of what is no file: https://git-scm.com/docs/git-fast-import#_filemodify */
export const LINK = '120000';
export const SUBMODULE = '160000';

/** Reads one commit's tree without checking it out. */
export async function readCommit(folder: string, sha: string, options: ReadOptions): Promise<GitState> {
  const reader = new StateReader(options);
  const [wanted, links]: [ListedFile[], ListedFile[]] = [[], []];
  for (const entry of await listTree(folder, sha)) {
    if (entry.mode === SUBMODULE) reader.submodule(entry.path, entry.blob);
    else if (entry.mode === LINK) links.push(entry);
    else {
      reader.list(entry.path, entry.blob);
      if (isRead(options, entry.path) && !reader.takeKnown(entry.path, entry.blob)) wanted.push(entry);
    }
  }
  await readBlobs(folder, wanted, reader);
  const targets = await readTargets(
    folder,
    links.filter(({ path }) => isRead(options, path)),
  );
  for (const { path, blob } of links) reader.link(path, blob, targets.get(path));
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
