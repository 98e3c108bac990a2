import type { Commit, Signature } from '../git/object-store.ts';
import type { ChangedFile } from '../git/patch.ts';
import type { Account, Repository } from '../state.ts';
import { fullName, type World } from '../world.ts';
import { renderAccount } from './account.ts';
import { api, page, time } from './common.ts';

const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** E-mail addresses of this form belong to an account; GitHub matches commits to accounts by address. */
export function emailOf(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}

/** The account that an e-mail address belongs to. */
export function accountIdOf(world: World, email: string): number | undefined {
  const id = Number(/^(\d+)\+.*@users\.noreply\.github\.com$/.exec(email)?.[1]);
  return world.accounts.has(id) ? id : undefined;
}

function accountOfSignature(world: World, { email }: Signature) {
  const id = accountIdOf(world, email);
  return id === undefined ? null : renderAccount(world, id);
}

function renderSignature({ name, email, at }: Signature) {
  return { name, email, date: time(at) };
}

/** A commit of the git database (`git-commit`). */
export function renderGitCommit(world: World, repository: Repository, commit: Commit) {
  const name = fullName(world, repository);
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: api(world, `/repos/${name}/git/commits/${commit.sha}`),
    html_url: page(world, `/${name}/commit/${commit.sha}`),
    author: renderSignature(commit.author),
    committer: renderSignature(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: api(world, `/repos/${name}/git/trees/${commit.tree}`) },
    parents: commit.parents.map((sha) => ({
      sha,
      url: api(world, `/repos/${name}/git/commits/${sha}`),
      html_url: page(world, `/${name}/commit/${sha}`),
    })),
    verification: UNSIGNED,
  };
}

/** A commit of a repository's history (`commit`), with the accounts that its addresses belong to. */
export function renderCommit(world: World, repository: Repository, commit: Commit) {
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}/commits/${commit.sha}`);
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    commit: {
      author: renderSignature(commit.author),
      committer: renderSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: api(world, `/repos/${name}/git/trees/${commit.tree}`) },
      url: api(world, `/repos/${name}/git/commits/${commit.sha}`),
      comment_count: 0,
      verification: UNSIGNED,
    },
    url,
    html_url: page(world, `/${name}/commit/${commit.sha}`),
    comments_url: `${url}/comments`,
    author: accountOfSignature(world, commit.author),
    committer: accountOfSignature(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: api(world, `/repos/${name}/commits/${sha}`),
      html_url: page(world, `/${name}/commit/${sha}`),
    })),
  };
}

/** A commit inside a check suite (`simple-commit`). */
export function renderSimpleCommit(commit: Commit) {
  const person = ({ name, email }: Signature) => ({ name, email });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: time(commit.committer.at),
    author: person(commit.author),
    committer: person(commit.committer),
  };
}

/** A changed file (`diff-entry`). */
export function renderFile(world: World, repository: Repository, sha: string, file: ChangedFile) {
  const name = fullName(world, repository);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: page(world, `/${name}/blob/${sha}/${path}`),
    raw_url: page(world, `/${name}/raw/${sha}/${path}`),
    contents_url: api(world, `/repos/${name}/contents/${path}?ref=${sha}`),
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}
