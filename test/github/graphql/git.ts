import { listHistory } from '../git/history.ts';
import type { FileMode, TreeEntry } from '../git/object-store.ts';
import { isBinary } from '../git/patch.ts';
import { findEntry } from '../git/tree.ts';
import { accountIdOf } from '../render/commit.ts';
import { time } from '../render/common.ts';
import type { Repository } from '../state.ts';
import { resolveCommit, type World } from '../world.ts';
import { renderSuite } from './checks.ts';
import { type ConnectionArguments, connect, guarded, renderActor } from './common.ts';
import { renderPullRequest } from './pull-request.ts';

const TYPES: Readonly<Record<FileMode, string>> = {
  '040000': 'tree',
  '100644': 'blob',
  '100755': 'blob',
  '120000': 'blob',
  '160000': 'commit',
};

/** What a SHA-1 names in a repository: a blob, tree or commit; null for nothing. */
export function renderObject(world: World, repository: Repository, sha: string): unknown {
  const { store } = repository;
  if (store.blobs.has(sha)) return renderBlob(world, repository, sha);
  if (store.trees.has(sha)) return renderTree(world, repository, sha);
  return store.commits.has(sha) ? renderCommit(world, repository, sha) : null;
}

/** `<commit, branch or tag>`, `<…>:<path>` or `<…>^{tree}` as git reads it. */
export function resolveExpression(repository: Repository, expression: string): string | undefined {
  const colon = expression.indexOf(':');
  const name = (colon === -1 ? expression : expression.slice(0, colon)).replace(/\^\{(tree|commit)\}$/, '');
  const commit = repository.store.commits.get(
    resolveCommit(repository, name === 'HEAD' ? repository.defaultBranch : name) ?? '',
  );
  if (colon === -1 && !expression.endsWith('^{tree}')) {
    const known = repository.store.blobs.has(name) || repository.store.trees.has(name);
    return commit?.sha ?? (known ? name : undefined);
  }
  const tree = commit?.tree ?? (repository.store.trees.has(name) ? name : undefined);
  if (tree === undefined) return undefined;
  return colon === -1 ? tree : findEntry(repository.store, tree, expression.slice(colon + 1))?.sha;
}

function renderBlob(world: World, repository: Repository, sha: string) {
  const data = repository.store.blobs.get(sha) ?? Buffer.alloc(0);
  const binary = isBinary(data);
  const limit = world.limits.graphqlBlobBytes;
  return {
    __typename: 'Blob',
    id: `B_${sha}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    byteSize: data.length,
    isBinary: binary,
    isTruncated: !binary && data.length > limit,
    text: binary ? null : data.subarray(0, limit).toString(),
  };
}

function renderTree(world: World, repository: Repository, sha: string) {
  return {
    __typename: 'Tree',
    id: `T_${sha}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    entries: () =>
      (repository.store.trees.get(sha) ?? []).map((entry) => renderTreeEntry(world, repository, entry, entry.name)),
  };
}

function renderTreeEntry(world: World, repository: Repository, { mode, sha }: Omit<TreeEntry, 'name'>, path: string) {
  return {
    __typename: 'TreeEntry',
    oid: sha,
    mode: Number.parseInt(mode, 8),
    name: path.split('/').at(-1) ?? '',
    path,
    type: TYPES[mode],
    size: repository.store.blobs.get(sha)?.length ?? 0,
    object: () => renderObject(world, repository, sha),
  };
}

function renderCommit(world: World, repository: Repository, sha: string) {
  const commit = repository.store.commits.get(sha);
  if (commit === undefined) return null;
  return {
    __typename: 'Commit',
    id: `C_${sha}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    message: commit.message,
    messageHeadline: commit.message.split('\n')[0],
    committedDate: time(commit.committer.at),
    authoredDate: time(commit.author.at),
    author: () => renderGitActor(world, commit.author),
    committer: () => renderGitActor(world, commit.committer),
    authors: (args: ConnectionArguments) =>
      connect('authors', [commit.author, ...coAuthors(commit.message)], args, (one) => renderGitActor(world, one)),
    tree: () => renderTree(world, repository, commit.tree),
    file: ({ path }: { readonly path: string }) => {
      const entry = findEntry(repository.store, commit.tree, path);
      return entry === undefined || path === '' ? null : renderTreeEntry(world, repository, entry, path);
    },
    history: (args: ConnectionArguments) =>
      connect('history', listHistory(repository.store, sha), args, (one) => renderCommit(world, repository, one.sha)),
    checkSuites: guarded(
      repository,
      'checks',
      (args: ConnectionArguments & { readonly filterBy?: SuiteFilter | null }) => {
        const { appId, checkName } = args.filterBy ?? {};
        const suites = [...repository.checkSuites.values()].filter((suite) => {
          const runs = [...repository.checkRuns.values()].filter((run) => run.suiteId === suite.id);
          return (
            suite.headSha === sha &&
            (typeof appId !== 'number' || suite.appId === appId) &&
            (typeof checkName !== 'string' || runs.some((run) => run.name === checkName))
          );
        });
        return connect('checkSuites', suites, args, (suite) => renderSuite(world, repository, suite));
      },
    ),
    associatedPullRequests: guarded(repository, 'pull_requests', (args: ConnectionArguments) => {
      const wanted = [...repository.issues.values()].filter(
        ({ pullRequest: pull }) => pull !== undefined && (pull.headSha === sha || pull.mergeCommitSha === sha),
      );
      return connect('associatedPullRequests', wanted, args, (issue) => renderPullRequest(world, repository, issue));
    }),
  };
}

/** `Co-authored-by` trailers: https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits */
function coAuthors(message: string) {
  return [...message.matchAll(/^co-authored-by: *([^<\n]*?) *<([^>\n]+)>$/gim)].map(([, name = '', email = '']) => ({
    name,
    email,
  }));
}

function renderGitActor(world: World, { name, email }: { readonly name: string; readonly email: string }) {
  const id = accountIdOf(world, email);
  return { __typename: 'GitActor', name, email, user: () => (id === undefined ? null : renderActor(world, id)) };
}

interface SuiteFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}
