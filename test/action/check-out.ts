import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { listHistory } from '../github/git/history.ts';
import { type Commit, commitText, type ObjectStore, type TreeEntry, treeData } from '../github/git/object-store.ts';
import type { Repository } from '../github/state.ts';

/**
 * As `actions/checkout` with `fetch-depth: 0`: every commit of a repository of the local GitHub, and one of them checked out.
 *
 * @param shallow as without it: that one commit alone
 */
export function checkOut({ store, refs }: Repository, sha: string, folder: string, shallow: boolean): void {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });
  git('init', '-q');
  const objects = join(folder, '.git/objects');
  const tips = shallow ? [] : [...refs.values()].flatMap((tip) => listHistory(store, tip));
  const only = store.commits.get(sha);
  for (const commit of only === undefined ? tips : [...tips, only]) writeCommit(store, commit, objects);
  if (shallow) writeFileSync(join(folder, '.git/shallow'), `${sha}\n`);
  git('-c', 'advice.detachedHead=false', 'checkout', '-q', sha);
}

function writeCommit(store: ObjectStore, commit: Commit, objects: string): void {
  writeObject(objects, commit.sha, 'commit', Buffer.from(commitText(commit)));
  writeTree(store, commit.tree, objects);
}

function writeTree(store: ObjectStore, sha: string, objects: string): void {
  const entries: readonly TreeEntry[] = store.trees.get(sha) ?? [];
  writeObject(objects, sha, 'tree', treeData(entries));
  for (const entry of entries) {
    if (entry.mode === '040000') writeTree(store, entry.sha, objects);
    else writeObject(objects, entry.sha, 'blob', store.blobs.get(entry.sha) ?? Buffer.alloc(0));
  }
}

/** A loose object: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function writeObject(objects: string, sha: string, type: string, data: Buffer): void {
  const folder = join(objects, sha.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, sha.slice(2)),
    deflateSync(Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data])),
  );
}
