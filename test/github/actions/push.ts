import { findMergeBase, listCommitsBetween } from '../git/history.ts';
import type { Commit } from '../git/object-store.ts';
import { diffTrees } from '../git/tree-diff.ts';
import { page, time } from '../render/common.ts';
import { renderRepository } from '../render/repository.ts';
import { unprocessable } from '../reply.ts';
import type { Repository } from '../state.ts';
import { fullName, getAccount, nextIdentity, type World } from '../world.ts';
import { requestSuites } from './check-suites.ts';
import { synchronise } from './pull-requests.ts';

const ZERO = '0'.repeat(40);

/** GitHub lists at most that many commits in a push: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const PUSHED_COMMITS = 2048;

/** Moves, makes or (with `undefined`) deletes a ref, and tells of it: push, check suites, pull requests of the branch. */
export function updateRef(
  world: World,
  repository: Repository,
  ref: string,
  sha: string | undefined,
  senderId: number,
): void {
  const before = repository.refs.get(ref);
  if (before === sha) return;
  if (sha === undefined) repository.refs.delete(ref);
  else repository.refs.set(ref, sha);
  repository.pushedAt = world.clock();
  recordActivity(world, repository, { ref, before, after: sha, actorId: senderId });
  world.emit({
    name: 'push',
    repository,
    senderId,
    payload: renderPush(world, repository, ref, before, sha, senderId),
  });
  world.changes.emit('change');
  if (sha === undefined || !ref.startsWith('refs/heads/')) return;
  requestSuites(world, repository, sha, ref.slice('refs/heads/'.length), senderId);
  synchronise(world, repository, ref.slice('refs/heads/'.length), before ?? ZERO, sha, senderId);
}

/** Throws 422 where moving a branch would lose commits and nobody asked for force. */
export function assertFastForward(repository: Repository, from: string, to: string): void {
  if (findMergeBase(repository.store, from, to) !== from) throw unprocessable('Update is not a fast forward');
}

function recordActivity(
  world: World,
  repository: Repository,
  {
    ref,
    before,
    after,
    actorId,
  }: { ref: string; before: string | undefined; after: string | undefined; actorId: number },
): void {
  if (!ref.startsWith('refs/heads/')) return;
  const type =
    before === undefined
      ? 'branch_creation'
      : after === undefined
        ? 'branch_deletion'
        : isForced(repository, before, after)
          ? 'force_push'
          : 'push';
  const identity = nextIdentity(world, 'Activity', 'PSH', repository.id);
  const moved = { ref, before: before ?? ZERO, after: after ?? ZERO, actorId, type, at: world.clock() } as const;
  repository.activities.push({ ...identity, ...moved });
}

function isForced({ store }: Repository, before: string, after: string): boolean {
  return findMergeBase(store, before, after) !== before;
}

function renderPush(
  world: World,
  repository: Repository,
  ref: string,
  before: string | undefined,
  after: string | undefined,
  senderId: number,
) {
  const { store } = repository;
  const start = before ?? repository.refs.get(`refs/heads/${repository.defaultBranch}`) ?? '';
  const commits = after === undefined ? [] : listCommitsBetween(store, start, after);
  const head = store.commits.get(after ?? '');
  const { login } = getAccount(world, senderId);
  const forced = before !== undefined && after !== undefined && isForced(repository, before, after);
  const range =
    before === undefined ? `commit/${after}` : `compare/${before.slice(0, 12)}...${(after ?? ZERO).slice(0, 12)}`;
  const seconds = (at: number) => Math.floor(at / 1000);
  return {
    ref,
    before: before ?? ZERO,
    after: after ?? ZERO,
    base_ref: null,
    created: before === undefined,
    deleted: after === undefined,
    forced,
    compare: page(world, `/${fullName(world, repository)}/${range}`),
    commits: commits.slice(0, PUSHED_COMMITS).map((commit) => renderPushedCommit(world, repository, commit)),
    head_commit: head === undefined ? null : renderPushedCommit(world, repository, head),
    pusher: { name: login, email: `${login}@users.noreply.github.com` },
    repository: {
      ...renderRepository(world, repository),
      created_at: seconds(repository.createdAt),
      pushed_at: seconds(repository.pushedAt),
      stargazers: 0,
      master_branch: repository.defaultBranch,
    },
  };
}

function renderPushedCommit(world: World, repository: Repository, commit: Commit) {
  const { store } = repository;
  const changes = diffTrees(store, store.commits.get(commit.parents[0] ?? '')?.tree, commit.tree);
  const person = ({ name, email }: Commit['author']) => ({ name, email, username: name });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: time(commit.committer.at),
    url: page(world, `/${fullName(world, repository)}/commit/${commit.sha}`),
    author: person(commit.author),
    committer: person(commit.committer),
    added: changes.flatMap((change) =>
      change.before === undefined || change.previousPath !== undefined ? [change.path] : [],
    ),
    removed: changes.flatMap((change) =>
      change.after === undefined ? [change.path] : change.previousPath === undefined ? [] : [change.previousPath],
    ),
    modified: changes.flatMap((change) =>
      change.before !== undefined && change.after !== undefined && change.previousPath === undefined
        ? [change.path]
        : [],
    ),
  };
}
