import { type DocumentDeps, readTexts } from './read-documents.ts';
import type { Tree } from './read-tree.ts';

/** A link's blob is a path; a longer one leads nowhere on common systems. */
const MAX_TARGET_BYTES = 4096;

/** Where those of a tree's symbolic links lead whose path `isRead`, as it is written in them. */
export async function readLinks(
  deps: DocumentDeps,
  tree: Tree,
  isRead: (path: string) => boolean,
): Promise<ReadonlyMap<string, string | undefined>> {
  const links = [...tree.links].filter(([path]) => isRead(path));
  const short = links.flatMap(([, file]) => (file.size <= MAX_TARGET_BYTES ? [file] : []));
  const { texts } = await readTexts(deps, short);
  return new Map(links.map(([path, { sha }]) => [path, texts.get(sha)]));
}
