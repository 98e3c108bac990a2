import { assertFastForward, updateRef } from '../actions/push.ts';
import { accountOf } from '../actor.ts';
import { type Commit, type FileMode, writeBlob, writeCommit } from '../git/object-store.ts';
import { readTree, walkTree, writeTree } from '../git/tree.ts';
import { renderGitCommit } from '../render/commit.ts';
import { api } from '../render/common.ts';
import { created, NO_CONTENT, notFound, notImplemented, ok, unprocessable } from '../reply.ts';
import { type Call, type Route, reads, repositoryOf, textOf, writes } from '../route.ts';
import type { Repository } from '../state.ts';
import { fullName, resolveCommit, type World } from '../world.ts';

/** The API gives blobs of up to 100 MB: https://docs.github.com/en/rest/git/blobs#get-a-blob */
const MAX_BLOB_BYTES = 100 * 1024 * 1024;

function getBlob(call: Call) {
  const repository = repositoryOf(call);
  const sha = textOf(call, 'file_sha');
  const data = repository.store.blobs.get(sha);
  if (data === undefined) throw notFound();
  if (data.length > MAX_BLOB_BYTES) throw unprocessable('The blob is too large');
  if (/raw/.test(call.headers.accept ?? '')) {
    return { status: 200, body: data, headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' } };
  }
  // GitHub breaks base64 into lines of 60 characters.
  const content = data.toString('base64').replace(/.{60}/g, '$&\n');
  const url = urlOf(call.world, repository, `blobs/${sha}`);
  return ok({ sha, node_id: `B_${sha}`, size: data.length, url, content, encoding: 'base64' });
}

function createBlob(call: Call) {
  const repository = repositoryOf(call);
  const { content, encoding = 'utf-8' } = call.body as { content: string; encoding?: string };
  const sha = writeBlob(repository.store, Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  return created({ sha, url: urlOf(call.world, repository, `blobs/${sha}`) });
}

function getTree(call: Call) {
  const { world } = call;
  const repository = repositoryOf(call);
  const { store } = repository;
  const name = textOf(call, 'tree_sha');
  const root = store.trees.has(name) ? name : store.commits.get(resolveCommit(repository, name) ?? '')?.tree;
  if (root === undefined || !store.trees.has(root)) throw notFound();
  const tree = [];
  let truncated = false;
  for (const entry of walkTree(store, root)) {
    if (call.query.recursive === undefined && entry.path.includes('/')) continue;
    if (tree.length === world.limits.treeEntries) {
      truncated = true;
      break;
    }
    tree.push(renderEntry(world, repository, entry));
  }
  return ok({ sha: root, url: urlOf(world, repository, `trees/${root}`), tree, truncated });
}

function renderEntry(world: World, repository: Repository, entry: { path: string; mode: FileMode; sha: string }) {
  const { path, mode, sha } = entry;
  if (mode === '160000') return { path, mode, type: 'commit', sha };
  if (mode === '040000') return { path, mode, type: 'tree', sha, url: urlOf(world, repository, `trees/${sha}`) };
  const size = repository.store.blobs.get(sha)?.length ?? 0;
  return { path, mode, type: 'blob', sha, size, url: urlOf(world, repository, `blobs/${sha}`) };
}

interface WishedEntry {
  readonly path?: string;
  readonly mode?: FileMode;
  readonly type?: string;
  readonly sha?: string | null;
  readonly content?: string;
}

function createTree(call: Call) {
  const repository = repositoryOf(call);
  const { store } = repository;
  const { tree, base_tree } = call.body as { tree: readonly WishedEntry[]; base_tree?: string };
  const base = store.commits.get(base_tree ?? '')?.tree ?? base_tree;
  if (base !== undefined && !store.trees.has(base)) throw unprocessable('base_tree is not a valid tree oid');
  const files = base === undefined ? new Map() : readTree(store, base);
  for (const entry of tree) {
    const { path = '', mode = '100644', sha, content } = entry;
    if (entry.type === 'tree') throw notImplemented('git/create-tree with whole trees as entries');
    if (sha === null) files.delete(path);
    else if (sha !== undefined && !store.blobs.has(sha)) throw unprocessable(`tree.sha ${sha} is not a valid blob`);
    else files.set(path, { mode, sha: sha ?? writeBlob(store, content ?? '') });
  }
  const sha = writeTree(store, files);
  const entries = [...walkTree(store, sha)].filter((entry) => !entry.path.includes('/'));
  const shown = entries.map((entry) => renderEntry(call.world, repository, entry));
  return created({ sha, url: urlOf(call.world, repository, `trees/${sha}`), tree: shown, truncated: false });
}

function createCommit(call: Call) {
  const repository = repositoryOf(call);
  const { store } = repository;
  const {
    message,
    tree,
    parents = [],
    author,
    committer,
  } = call.body as {
    message: string;
    tree: string;
    parents?: string[];
    author?: { name: string; email: string; date?: string };
    committer?: { name: string; email: string; date?: string };
  };
  if (!store.trees.has(tree)) throw unprocessable('Tree SHA does not exist');
  if (parents.some((sha) => !store.commits.has(sha)))
    throw unprocessable('Parent SHA does not exist or is not a commit object');
  const account = call.world.accounts.get(accountOf(call.actor).accountId);
  const self = { name: account?.login ?? '', email: `${account?.id}+${account?.login}@users.noreply.github.com` };
  const sign = (person: typeof author): Commit['author'] => ({
    name: person?.name ?? self.name,
    email: person?.email ?? self.email,
    at: person?.date === undefined ? call.world.clock() : Date.parse(person.date),
  });
  const commit = writeCommit(store, {
    tree,
    parents,
    message,
    author: sign(author),
    committer: sign(committer ?? author),
  });
  return created(renderGitCommit(call.world, repository, commit));
}

function renderRef(world: World, repository: Repository, ref: string, sha: string) {
  const object = { type: 'commit', sha, url: urlOf(world, repository, `commits/${sha}`) };
  return { ref, node_id: `REF_${Buffer.from(ref).toString('base64url')}`, url: urlOf(world, repository, ref), object };
}

function changeRef(call: Call) {
  const repository = repositoryOf(call);
  const ref = `refs/${textOf(call, 'ref')}`;
  const { sha, force = false } = call.body as { sha: string; force?: boolean };
  const before = repository.refs.get(ref);
  if (before === undefined) throw unprocessable('Reference does not exist');
  if (!repository.store.commits.has(sha)) throw unprocessable('Object does not exist');
  if (!force) assertFastForward(repository, before, sha);
  updateRef(call.world, repository, ref, sha, accountOf(call.actor).accountId);
  return ok(renderRef(call.world, repository, ref, sha));
}

function createRef(call: Call) {
  const repository = repositoryOf(call);
  const { ref, sha } = call.body as { ref: string; sha: string };
  if (!/^refs\/[^/]+\/.+/.test(ref))
    throw unprocessable('Reference name must start with refs/ and have at least two slashes');
  if (repository.refs.has(ref)) throw unprocessable('Reference already exists');
  if (!repository.store.commits.has(sha)) throw unprocessable('Object does not exist');
  updateRef(call.world, repository, ref, sha, accountOf(call.actor).accountId);
  return created(renderRef(call.world, repository, ref, sha));
}

function urlOf(world: World, repository: Repository, path: string): string {
  return api(world, `/repos/${fullName(world, repository)}/git/${path}`);
}

export const git: readonly Route[] = [
  { operation: 'git/get-blob', needs: reads('contents'), handle: getBlob },
  { operation: 'git/create-blob', needs: writes('contents'), handle: createBlob },
  { operation: 'git/get-tree', needs: reads('contents'), handle: getTree },
  { operation: 'git/create-tree', needs: writes('contents'), handle: createTree },
  {
    operation: 'git/get-commit',
    needs: reads('contents'),
    handle: (call) => {
      const commit = repositoryOf(call).store.commits.get(textOf(call, 'commit_sha'));
      if (commit === undefined) throw notFound();
      return ok(renderGitCommit(call.world, repositoryOf(call), commit));
    },
  },
  { operation: 'git/create-commit', needs: writes('contents'), handle: createCommit },
  {
    operation: 'git/get-ref',
    needs: reads('contents'),
    handle: (call) => {
      const ref = `refs/${textOf(call, 'ref')}`;
      const sha = repositoryOf(call).refs.get(ref);
      if (sha === undefined) throw notFound();
      return ok(renderRef(call.world, repositoryOf(call), ref, sha));
    },
  },
  {
    operation: 'git/list-matching-refs',
    needs: reads('contents'),
    handle: (call) => {
      const matching = [...repositoryOf(call).refs].filter(([ref]) => ref.startsWith(`refs/${textOf(call, 'ref')}`));
      return ok(matching.map(([ref, sha]) => renderRef(call.world, repositoryOf(call), ref, sha)));
    },
  },
  { operation: 'git/create-ref', needs: writes('contents'), handle: createRef },
  { operation: 'git/update-ref', needs: writes('contents'), handle: changeRef },
  {
    operation: 'git/delete-ref',
    needs: writes('contents'),
    handle: (call) => {
      const ref = `refs/${textOf(call, 'ref')}`;
      if (!repositoryOf(call).refs.has(ref)) throw unprocessable('Reference does not exist');
      updateRef(call.world, repositoryOf(call), ref, undefined, accountOf(call.actor).accountId);
      return NO_CONTENT;
    },
  },
];
