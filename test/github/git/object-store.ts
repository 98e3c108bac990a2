import { createHash } from 'node:crypto';

export type FileMode = '100644' | '100755' | '120000' | '160000' | '040000';

export interface TreeEntry {
  readonly mode: FileMode;
  readonly name: string;
  readonly sha: string;
}

/** Who wrote a commit and when (milliseconds since the epoch). Self-declared, as in git. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: number;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Git's objects, with git's own SHA-1 names. A repository and its forks share one store, as on GitHub. */
export interface ObjectStore {
  readonly blobs: Map<string, Buffer>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly commits: Map<string, Commit>;
}

export function createObjectStore(): ObjectStore {
  return { blobs: new Map(), trees: new Map(), commits: new Map() };
}

/** Stores a blob and returns its SHA-1. */
export function writeBlob(store: ObjectStore, content: Buffer | string): string {
  const data = typeof content === 'string' ? Buffer.from(content) : content;
  const sha = hash('blob', data);
  if (!store.blobs.has(sha)) store.blobs.set(sha, data);
  return sha;
}

/** Stores one directory and returns its SHA-1. Entries are put into git's order (directories sort as if they ended in `/`). */
export function writeTreeObject(store: ObjectStore, entries: readonly TreeEntry[]): string {
  const ordered = [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  const sha = hash('tree', treeData(ordered));
  if (!store.trees.has(sha)) store.trees.set(sha, ordered);
  return sha;
}

/** A tree object's content; the entries are in git's order. */
export function treeData(entries: readonly TreeEntry[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => [
      Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.name}\0`),
      Buffer.from(entry.sha, 'hex'),
    ]),
  );
}

/** Stores a commit and returns it with its SHA-1. */
export function writeCommit(store: ObjectStore, commit: Omit<Commit, 'sha'>): Commit {
  const sha = hash('commit', Buffer.from(commitText(commit)));
  const stored = store.commits.get(sha) ?? { sha, ...commit };
  store.commits.set(sha, stored);
  return stored;
}

/** A commit object's content. */
export function commitText({ tree, parents, author, committer, message }: Omit<Commit, 'sha'>): string {
  return [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(author)}`,
    `committer ${signatureLine(committer)}`,
    '',
    message,
  ].join('\n');
}

function hash(type: string, data: Buffer): string {
  return createHash('sha1').update(`${type} ${data.length}\0`).update(data).digest('hex');
}

function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === '040000' ? `${entry.name}/` : entry.name);
}

function signatureLine({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
}
