import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { PATCH_LIMITS, type PatchLimits } from './git/patch.ts';
import type { Account, App, Installation, Organisation, Repository, Token } from './state.ts';
import type { WebhookEvent } from './webhooks.ts';

/** Limits of GitHub that a test may lower, so that it need not build a repository of 100,000 files to meet them. */
export interface Limits {
  /** Entries of a recursive tree; more: `truncated` (https://docs.github.com/en/rest/git/trees#get-a-tree). */
  readonly treeEntries: number;
  readonly patch: PatchLimits;
  /** Files of a pull request (https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files). */
  readonly pullRequestFiles: number;
  /** Bytes of a blob that GraphQL gives whole; more: `isTruncated`. */
  readonly graphqlBlobBytes: number;
}

export const LIMITS: Limits = {
  treeEntries: 100_000,
  patch: PATCH_LIMITS,
  pullRequestFiles: 3000,
  graphqlBlobBytes: 512_000,
};

/** All that the local GitHub knows. Handlers and actions read and change it; nothing else holds state. */
export interface World {
  /** Address without a trailing slash; known once the server listens. */
  url: string;
  readonly clock: () => number;
  readonly limits: Limits;
  readonly accounts: Map<number, Account | Organisation>;
  readonly accountIds: Map<string, number>;
  readonly repositories: Map<number, Repository>;
  /** Repository ids by lower-case `owner/name`, former names included: GitHub redirects them. */
  readonly repositoryIds: Map<string, number>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Token>;
  readonly userTokens: Map<string, number>;
  readonly nodes: Map<string, NodeReference>;
  /** One-time codes of the manifest flow. */
  readonly manifestCodes: Map<string, ManifestApp>;
  readonly emit: (event: WebhookEvent) => void;
  /** Tells pages and waiting tests that something changed. */
  readonly changes: EventEmitter;
  nextId: number;
}

export interface ManifestApp {
  readonly appId: number;
  readonly privateKey: string;
}

/** What a GraphQL node id stands for. */
export interface NodeReference {
  readonly kind: string;
  readonly id: number;
  readonly repositoryId?: number;
}

export function createWorld(options: {
  readonly clock: () => number;
  readonly limits: Limits;
  readonly emit: (event: WebhookEvent) => void;
}): World {
  return {
    url: '',
    ...options,
    accounts: new Map(),
    accountIds: new Map(),
    repositories: new Map(),
    repositoryIds: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    userTokens: new Map(),
    nodes: new Map(),
    manifestCodes: new Map(),
    changes: new EventEmitter().setMaxListeners(0),
    nextId: 1000,
  };
}

/** The next database id and a node id for it. Ids are never given twice, whatever the kind. */
export function nextIdentity(
  world: World,
  kind: string,
  prefix: string,
  repositoryId?: number,
): { readonly id: number; readonly nodeId: string } {
  world.nextId += 1;
  const id = world.nextId;
  const nodeId = `${prefix}_kwDO${Buffer.from(`${kind}:${id}`).toString('base64url')}`;
  world.nodes.set(nodeId, { kind, id, ...(repositoryId !== undefined && { repositoryId }) });
  return { id, nodeId };
}

export function findAccount(world: World, login: string): Account | Organisation | undefined {
  return world.accounts.get(world.accountIds.get(login.toLowerCase()) ?? -1);
}

/** The account of an id. Throws where there is none: state never names an account that does not exist. */
export function getAccount(world: World, id: number): Account | Organisation {
  const account = world.accounts.get(id);
  if (account === undefined) throw new Error(`no account ${id}`);
  return account;
}

export function findOrganisation(world: World, login: string): Organisation | undefined {
  const account = findAccount(world, login);
  return account !== undefined && isOrganisation(account) ? account : undefined;
}

export function isOrganisation(account: Account): account is Organisation {
  return account.type === 'Organization';
}

export function fullName(world: World, repository: Repository): string {
  return `${getAccount(world, repository.ownerId).login}/${repository.name}`;
}

/** A repository by its present or a former name. */
export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  return world.repositories.get(world.repositoryIds.get(`${owner}/${name}`.toLowerCase()) ?? -1);
}

export function getRepository(world: World, id: number): Repository {
  const repository = world.repositories.get(id);
  if (repository === undefined) throw new Error(`no repository ${id}`);
  return repository;
}

/** A repository with its forks, its parent and the parent's forks. Most have none, and are found without a look at the others. */
export function networkOf(world: World, repository: Repository): Repository[] {
  if (repository.parentId === undefined && repository.forkCount === 0) return [repository];
  return [...world.repositories.values()].filter((one) => one.store === repository.store);
}

export function getApp(world: World, id: number): App {
  const app = world.apps.get(id);
  if (app === undefined) throw new Error(`no app ${id}`);
  return app;
}

/** The commit that a branch, tag, full ref name or (whole) SHA-1 names in a repository. */
export function resolveCommit(repository: Repository, name: string): string | undefined {
  const byRef = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`].map((ref) =>
    repository.refs.get(ref),
  );
  return byRef.find((sha) => sha !== undefined) ?? (repository.store.commits.has(name) ? name : undefined);
}

/** Whether an installation reaches a repository. */
export function installationHas(installation: Installation, repository: Repository): boolean {
  if (installation.accountId !== repository.ownerId) return false;
  return installation.selection === 'all' || installation.repositoryIds.has(repository.id);
}

/** A GUID or token out of a seed, so that a run can be repeated. */
export function derive(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}
