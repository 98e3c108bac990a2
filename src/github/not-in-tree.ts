import { posix } from 'node:path';
import type { NotSeen } from '../review/verdict.ts';
import { type DocumentDeps, readTexts } from './read-documents.ts';
import type { Tree } from './read-tree.ts';

/** A link's blob is a path; a longer one leads nowhere on common systems. */
const MAX_TARGET_BYTES = 4096;

/**
 * What a tree names but does not hold: the content of submodules, and of symbolic links that would be read under their own name and
 * lead to something that is not read. A link to a file that is read anyway hides nothing.
 * @param isRead whether a path is read, by its name
 */
export async function notInTree(
  deps: DocumentDeps,
  tree: Tree,
  isRead: (path: string) => boolean,
): Promise<readonly NotSeen[]> {
  const submodules = [...tree.submodules.keys()].map(
    (path): NotSeen => ({ what: 'file', path, reason: 'It is a submodule: its code is in another repository.' }),
  );
  const links = [...tree.links].filter(([path]) => isRead(path));
  const short = links.flatMap(([, file]) => (file.size <= MAX_TARGET_BYTES ? [file] : []));
  const { texts } = await readTexts(deps, short);
  const reason = 'It is a symbolic link to something that is not read; put the file itself in its place.';
  return [
    ...submodules,
    ...links.flatMap(([path, { sha }]): NotSeen[] => {
      const target = posix.join(posix.dirname(path), texts.get(sha) ?? '');
      return isRead(target) && tree.files.has(target) ? [] : [{ what: 'file', path, reason }];
    }),
  ];
}
