import { createObjectStore, type FileMode, type ObjectStore, writeBlob, writeCommit } from '../git/object-store.ts';
import { type FileEntry, readTree, writeTree } from '../git/tree.ts';
import { renderAccount, renderOrganisation } from '../render/account.ts';
import { emailOf } from '../render/commit.ts';
import type { Account, Protection, Repository, Ruleset } from '../state.ts';
import { findRepository, fullName, getAccount, isOrganisation, nextIdentity, type World } from '../world.ts';
import { updateRef } from './push.ts';

/** A file to write: its content, or with a mode of its own (`120000`: a symbolic link, `160000`: a submodule's commit). */
export type NewFile = string | Buffer | { readonly mode: FileMode; readonly content: string | Buffer };

export type NewFiles = Readonly<Record<string, NewFile>> | ReadonlyMap<string, NewFile>;

export interface NewRepository {
  readonly files?: NewFiles;
  readonly private?: boolean;
  readonly description?: string;
  /** Where its objects lie; ten thousand repositories of much the same files take little memory in one store. */
  readonly store?: ObjectStore;
}

/** A repository with a first commit on `main`. Private unless told otherwise. */
export function createRepository(world: World, owner: Account, name: string, options: NewRepository = {}): Repository {
  const repository = register(world, owner, name, {
    private: options.private ?? true,
    description: options.description ?? null,
    ...(options.store && { store: options.store }),
  });
  const author = isOrganisation(owner) ? getAccount(world, [...owner.members.keys()][0] ?? owner.id) : owner;
  const sha = commitFiles(world, repository, {
    author,
    message: 'First commit',
    files: options.files ?? {},
    parents: [],
  });
  repository.refs.set('refs/heads/main', sha);
  return repository;
}

/** A fork: the same objects, its own branches. Where the owner has the name already, GitHub adds a number. */
export function forkRepository(world: World, repository: Repository, owner: Account): Repository {
  const { store, refs, private: isPrivate, description } = repository;
  const isTaken = (name: string) => findRepository(world, owner.login, name) !== undefined;
  let name = repository.name;
  for (let count = 1; isTaken(name); count += 1) name = `${repository.name}-${count}`;
  const fork = register(world, owner, name, { private: isPrivate, description, parentId: repository.id, store });
  for (const [ref, sha] of refs) if (ref.startsWith('refs/heads/')) fork.refs.set(ref, sha);
  repository.forkCount += 1;
  return fork;
}

function register(
  world: World,
  owner: Account,
  name: string,
  options: Pick<Repository, 'private' | 'description'> & Partial<Pick<Repository, 'parentId' | 'store'>>,
): Repository {
  const key = `${owner.login}/${name}`.toLowerCase();
  if (world.repositoryIds.has(key)) throw new Error(`the repository ${key} exists`);
  const repository: Repository = {
    ...nextIdentity(world, 'Repository', 'R'),
    name,
    ownerId: owner.id,
    defaultBranch: 'main',
    store: createObjectStore(),
    forkCount: 0,
    refs: new Map(),
    collaborators: new Map(),
    issues: new Map(),
    issueComments: new Map(),
    reviews: new Map(),
    reviewComments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    codeScanning: { isEnabled: true, uploads: new Map() },
    rulesets: new Map(),
    protections: new Map(),
    activities: [],
    nextNumber: 1,
    createdAt: world.clock(),
    pushedAt: world.clock(),
    ...options,
  };
  world.repositories.set(repository.id, repository);
  world.repositoryIds.set(key, repository.id);
  return repository;
}

/** Writes a commit without moving any branch and returns its SHA-1. `remove` names files or whole folders. */
export function commitFiles(
  world: World,
  repository: Repository,
  options: {
    readonly author: Account;
    readonly message: string;
    readonly files: NewFiles;
    readonly remove?: readonly string[];
    readonly parents: readonly string[];
  },
): string {
  const { store } = repository;
  const parent = store.commits.get(options.parents[0] ?? '');
  const tree = parent === undefined ? new Map<string, FileEntry>() : readTree(store, parent.tree);
  for (const named of options.remove ?? []) {
    const gone = named.replace(/\/$/, '');
    for (const path of [...tree.keys()]) if (path === gone || path.startsWith(`${gone}/`)) tree.delete(path);
  }
  const files = options.files instanceof Map ? options.files : new Map(Object.entries(options.files));
  for (const [path, file] of files) tree.set(path, writeFile(repository, file));
  const signature = { name: options.author.login, email: emailOf(options.author), at: world.clock() };
  const { message, parents } = options;
  return writeCommit(store, { tree: writeTree(store, tree), parents, author: signature, committer: signature, message })
    .sha;
}

function writeFile({ store }: Repository, file: NewFile): FileEntry {
  if (typeof file === 'string' || Buffer.isBuffer(file)) return { mode: '100644', sha: writeBlob(store, file) };
  if (file.mode === '160000') return { mode: file.mode, sha: file.content.toString() };
  return { mode: file.mode, sha: writeBlob(store, file.content) };
}

/** Commits on a branch (made from the default branch where it is new) and pushes: webhooks and pull requests follow. */
export function pushFiles(
  world: World,
  repository: Repository,
  branch: string,
  options: {
    readonly author: Account;
    readonly files?: NewFiles;
    readonly remove?: readonly string[];
    readonly message?: string;
    /** Start from this commit instead of the branch's tip: a force push. */
    readonly onto?: string;
  },
): string {
  const ref = `refs/heads/${branch}`;
  const parent =
    options.onto ?? repository.refs.get(ref) ?? repository.refs.get(`refs/heads/${repository.defaultBranch}`);
  const { author, files = {}, remove = [], message = 'Change files' } = options;
  const parents = parent === undefined ? [] : [parent];
  const sha = commitFiles(world, repository, { author, message, files, remove, parents });
  updateRef(world, repository, ref, sha, author.id);
  return sha;
}

/** Renames a repository; the old name redirects. */
export function renameRepository(world: World, repository: Repository, name: string, sender: Account): void {
  const from = repository.name;
  repository.name = name;
  world.repositoryIds.set(fullName(world, repository).toLowerCase(), repository.id);
  const payload = { changes: { repository: { name: { from } } } };
  world.emit({ name: 'repository', action: 'renamed', repository, senderId: sender.id, payload });
}

/** Moves a repository to another account; the old name redirects, the old account's installations lose it. */
export function transferRepository(world: World, repository: Repository, owner: Account, sender: Account): void {
  const former = getAccount(world, repository.ownerId);
  repository.ownerId = owner.id;
  world.repositoryIds.set(fullName(world, repository).toLowerCase(), repository.id);
  for (const installation of world.installations.values()) installation.repositoryIds.delete(repository.id);
  const from = isOrganisation(former)
    ? { organization: renderOrganisation(world, former) }
    : { user: renderAccount(world, former.id) };
  const payload = { changes: { owner: { from } } };
  world.emit({ name: 'repository', action: 'transferred', repository, senderId: sender.id, payload });
}

/** Deletes a repository; its names become free. */
export function deleteRepository(world: World, repository: Repository, sender: Account): void {
  world.emit({ name: 'repository', action: 'deleted', repository, senderId: sender.id, payload: {} });
  world.repositories.delete(repository.id);
  const parent = world.repositories.get(repository.parentId ?? 0);
  if (parent) parent.forkCount -= 1;
  for (const [name, id] of world.repositoryIds) if (id === repository.id) world.repositoryIds.delete(name);
}

/** A ruleset over branches, in the short form that the local GitHub keeps. */
export function addRuleset(world: World, repository: Repository, ruleset: Omit<Ruleset, 'id' | 'createdAt'>): Ruleset {
  const added = { ...ruleset, id: nextIdentity(world, 'Ruleset', 'RRS').id, createdAt: world.clock() };
  repository.rulesets.set(added.id, added);
  return added;
}

/** Classic protection of one branch. */
export function protectBranch(repository: Repository, branch: string, protection: Partial<Protection> = {}): void {
  repository.protections.set(branch, {
    requiredChecks: [],
    strict: false,
    requireConversationResolution: false,
    ...protection,
  });
}
