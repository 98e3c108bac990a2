import { createHash } from 'node:crypto';
import type { Tree } from './read-tree.ts';

interface Entry {
  readonly mode: string;
  readonly sha: string;
}

type Folder = Map<string, Folder | Entry>;

/**
 * The id that git gives a tree of these files, links and submodules; as long as their own ids (SHA-1 or SHA-256).
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects
 */
export function treeId({ files, links, submodules }: Pick<Tree, 'files' | 'links' | 'submodules'>): string {
  const root: Folder = new Map();
  for (const [path, { sha, mode = '100644' }] of files) put(root, path, { mode, sha });
  for (const [path, { sha, mode = '120000' }] of links) put(root, path, { mode, sha });
  for (const [path, sha] of submodules) put(root, path, { mode: '160000', sha });
  return idOf(root);
}

function put(root: Folder, path: string, entry: Entry): void {
  const names = path.split('/');
  const last = names.pop() ?? '';
  let folder = root;
  for (const name of names) {
    const known = folder.get(name);
    const next: Folder = known instanceof Map ? known : new Map();
    if (next !== known) folder.set(name, next);
    folder = next;
  }
  folder.set(last, entry);
}

function idOf(folder: Folder): string {
  const entries = [...folder].map(([name, entry]) => {
    const isFolder = entry instanceof Map;
    const { mode, sha } = isFolder ? { mode: '40000', sha: idOf(entry) } : entry;
    const bytes = Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]);
    // Git sorts a folder as if its name ended in a slash.
    return { order: Buffer.from(isFolder ? `${name}/` : name), bytes, isLong: sha.length === 64 };
  });
  entries.sort((a, b) => a.order.compare(b.order));
  const content = Buffer.concat(entries.map(({ bytes }) => bytes));
  const hash = createHash(entries.some(({ isLong }) => isLong) ? 'sha256' : 'sha1');
  return hash.update(`tree ${content.length}\0`).update(content).digest('hex');
}
