import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { renderAccount } from '../render/account.ts';
import { renderInstallation } from '../render/app.ts';
import { renderRepositoryName } from '../render/repository.ts';
import { Refusal, unprocessable } from '../reply.ts';
import type { Account, App, Installation, Level, Permissions, Repository, Token } from '../state.ts';
import { EVENT_PERMISSIONS } from '../webhooks.ts';
import { installationHas, nextIdentity, type World } from '../world.ts';
import { createBot } from './accounts.ts';

/** Installation tokens live one hour: https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
const TOKEN_LIFE_MS = 3_600_000;

/** An installation token may be narrowed to at most that many repositories (same page). */
const MAX_TOKEN_REPOSITORIES = 500;

const LEVELS: readonly Level[] = ['read', 'write', 'admin'];

export interface NewApp {
  readonly slug: string;
  readonly owner: Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly hookUrl?: string;
  readonly secret?: string;
  /** PEM; made where absent. */
  readonly privateKey?: string;
}

/** Registers an app. Throws where it subscribes to an event without the permission that the event needs. */
export function createApp(world: World, options: NewApp): { readonly app: App; readonly privateKey: string } {
  const permissions: Permissions = { metadata: 'read', ...options.permissions };
  for (const event of options.events) {
    const needed = EVENT_PERMISSIONS[event];
    if (needed === undefined) throw new Error(`the local GitHub does not know the event ${event}`);
    if (permissions[needed] === undefined) throw new Error(`the event ${event} needs the permission ${needed}`);
  }
  const { publicKey, privateKey } = keysOf(options.privateKey);
  const app: App = {
    ...nextIdentity(world, 'App', 'A'),
    slug: options.slug,
    name: options.slug,
    ownerId: options.owner.id,
    botId: createBot(world, options.slug).id,
    publicKey,
    hookId: nextIdentity(world, 'Hook', 'H').id,
    hook: { url: options.hookUrl ?? '', secret: options.secret ?? '', contentType: 'json', insecureSsl: '0' },
    permissions,
    events: options.events,
    createdAt: world.clock(),
  };
  world.apps.set(app.id, app);
  return { app, privateKey };
}

function keysOf(pem: string | undefined): { publicKey: KeyObject; privateKey: string } {
  if (pem !== undefined) return { publicKey: createPublicKey(pem), privateKey: pem };
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { publicKey: pair.publicKey, privateKey: pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString() };
}

/** Installs an app on an account, on all repositories or on those given. */
export function installApp(
  world: World,
  app: App,
  account: Account,
  repositories: 'all' | readonly Repository[] = 'all',
  sender: Account = account,
): Installation {
  const installation: Installation = {
    ...nextIdentity(world, 'Installation', 'MDIz'),
    appId: app.id,
    accountId: account.id,
    permissions: app.permissions,
    events: app.events,
    selection: repositories === 'all' ? 'all' : 'selected',
    repositoryIds: new Set(repositories === 'all' ? [] : repositories.map((repository) => repository.id)),
    createdAt: world.clock(),
    updatedAt: world.clock(),
  };
  world.installations.set(installation.id, installation);
  tellOfInstallation(world, installation, 'created', sender);
  return installation;
}

export function uninstallApp(world: World, installation: Installation, sender: Account): void {
  world.installations.delete(installation.id);
  tellOfInstallation(world, installation, 'deleted', sender);
}

/** Suspends or (with `false`) wakes an installation. */
export function suspendInstallation(
  world: World,
  installation: Installation,
  suspended: boolean,
  senderId: number,
): void {
  if (suspended) Object.assign(installation, { suspendedAt: world.clock(), suspendedById: senderId });
  else {
    delete installation.suspendedAt;
    delete installation.suspendedById;
  }
  const sender = { id: senderId };
  tellOfInstallation(world, installation, suspended ? 'suspend' : 'unsuspend', sender);
}

/** Gives a selected installation more repositories or takes some away. */
export function changeRepositories(
  world: World,
  installation: Installation,
  change: { readonly add?: readonly Repository[]; readonly remove?: readonly Repository[] },
  sender: Account,
): void {
  installation.selection = 'selected';
  for (const repository of change.add ?? []) installation.repositoryIds.add(repository.id);
  for (const repository of change.remove ?? []) installation.repositoryIds.delete(repository.id);
  for (const [action, list] of [
    ['added', change.add ?? []],
    ['removed', change.remove ?? []],
  ] as const) {
    if (list.length === 0) continue;
    const names = list.map((repository) => renderRepositoryName(world, repository));
    const payload = {
      installation: renderInstallation(world, installation),
      repository_selection: installation.selection,
      repositories_added: action === 'added' ? names : [],
      repositories_removed: action === 'removed' ? names : [],
      requester: null,
    };
    world.emit({ name: 'installation_repositories', action, installation, senderId: sender.id, payload });
  }
}

/** The app asks for other permissions; the installation keeps the old ones until `acceptPermissions`. */
export function acceptPermissions(world: World, installation: Installation, app: App, sender: Account): void {
  Object.assign(installation, { permissions: app.permissions, events: app.events, updatedAt: world.clock() });
  tellOfInstallation(world, installation, 'new_permissions_accepted', sender);
}

function tellOfInstallation(
  world: World,
  installation: Installation,
  action: string,
  sender: Pick<Account, 'id'>,
): void {
  const repositories = [...world.repositories.values()].filter((repository) =>
    installationHas(installation, repository),
  );
  const payload = {
    installation: renderInstallation(world, installation),
    repositories: repositories.map((repository) => renderRepositoryName(world, repository)),
    ...(action === 'created' && { requester: null }),
    sender: renderAccount(world, sender.id),
  };
  world.emit({ name: 'installation', action, installation, senderId: sender.id, payload });
  world.changes.emit('change');
}

/** A token for an installation, narrowed as asked. Throws 422 for what the installation has not, 403 where it is suspended. */
export function createToken(
  world: World,
  installation: Installation,
  wish: {
    readonly repositories?: readonly string[];
    readonly repository_ids?: readonly number[];
    readonly permissions?: Permissions;
  },
): Token {
  if (installation.suspendedAt !== undefined) throw new Refusal(403, 'This installation has been suspended');
  const reached = [...world.repositories.values()].filter((repository) => installationHas(installation, repository));
  const wanted = [...(wish.repositories ?? []), ...(wish.repository_ids ?? [])];
  const chosen = wanted.map((key) => reached.find((repository) => repository.id === key || repository.name === key));
  if (wanted.length > MAX_TOKEN_REPOSITORIES || chosen.some((repository) => repository === undefined)) {
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  for (const [name, level] of Object.entries(wish.permissions ?? {})) {
    const granted = installation.permissions[name];
    if (granted === undefined || LEVELS.indexOf(granted) < LEVELS.indexOf(level)) {
      throw unprocessable('The permissions requested are not granted to this installation.');
    }
  }
  const token: Token = {
    token: `ghs_${randomBytes(18).toString('hex')}`,
    expiresAt: world.clock() + TOKEN_LIFE_MS,
    installationId: installation.id,
    permissions: wish.permissions === undefined ? installation.permissions : { metadata: 'read', ...wish.permissions },
    ...(wanted.length > 0 && { repositoryIds: new Set(chosen.map((repository) => repository?.id ?? 0)) }),
  };
  world.tokens.set(token.token, token);
  return token;
}

/** A personal access token of a user, for what is run without an app. */
export function createUserToken(world: World, user: Account): string {
  const token = `ghp_${randomBytes(18).toString('hex')}`;
  world.userTokens.set(token, user.id);
  return token;
}
