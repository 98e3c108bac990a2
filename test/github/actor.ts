import { verify } from 'node:crypto';
import { notAccessible, notFound, Refusal } from './reply.ts';
import type { Need } from './route.ts';
import type { App, Installation, Level, Permissions, Repository } from './state.ts';
import { getAccount, getApp, installationHas, isOrganisation, type World } from './world.ts';

/** Who a request comes from. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app'; readonly app: App }
  | {
      readonly kind: 'installation';
      readonly app: App;
      readonly installation: Installation;
      readonly token: string;
      readonly permissions: Permissions;
      readonly repositoryIds?: ReadonlySet<number>;
    }
  | { readonly kind: 'user'; readonly userId: number };

/** GitHub refuses JWTs that live longer: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
const MAX_JWT_SECONDS = 600;

/** Clock drift that GitHub forgives in `iat`. */
const JWT_DRIFT_SECONDS = 60;

const LEVELS: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 };

/** Reads the `Authorization` header. Throws 401 for anything false or expired, 403 for a suspended installation. */
export function authenticate(world: World, authorization: string | undefined): Actor {
  if (authorization === undefined) return { kind: 'anonymous' };
  const [scheme = '', credential = ''] = authorization.split(' ');
  if (!/^(bearer|token)$/i.test(scheme)) throw new Refusal(401, 'Bad credentials');
  if (credential.split('.').length === 3) return { kind: 'app', app: verifyJwt(world, credential) };
  const userId = world.userTokens.get(credential);
  if (userId !== undefined) return { kind: 'user', userId };
  return authenticateInstallation(world, credential);
}

function authenticateInstallation(world: World, credential: string): Actor {
  const token = world.tokens.get(credential);
  const installation = world.installations.get(token?.installationId ?? -1);
  if (token === undefined || installation === undefined || token.expiresAt <= world.clock()) {
    throw new Refusal(401, 'Bad credentials');
  }
  if (installation.suspendedAt !== undefined) throw new Refusal(403, 'This installation has been suspended');
  const app = getApp(world, installation.appId);
  const { permissions, repositoryIds } = token;
  return {
    kind: 'installation',
    app,
    installation,
    token: credential,
    permissions,
    ...(repositoryIds && { repositoryIds }),
  };
}

function verifyJwt(world: World, jwt: string): App {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const { alg } = decode(header);
  const { iss, iat, exp } = decode(payload);
  if (alg !== 'RS256') throw new Refusal(401, 'A JSON web token could not be decoded');
  const app = world.apps.get(Number(iss));
  if (app === undefined) throw new Refusal(404, 'Integration not found');
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature, 'base64url'))) {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
  const now = Math.floor(world.clock() / 1000);
  if (typeof exp !== 'number' || exp <= now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + MAX_JWT_SECONDS + JWT_DRIFT_SECONDS) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== 'number' || iat > now + JWT_DRIFT_SECONDS) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return app;
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
}

/** Refuses an actor who has not what a route needs: 401, 403, or 404 where the repository must not be seen at all. */
export function authorise(world: World, actor: Actor, need: Need, repository: Repository | undefined): void {
  if (need.kind === 'anyone') return;
  if (need.kind === 'app') {
    if (actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
    return;
  }
  if (actor.kind === 'app') throw new Refusal(401, 'Bad credentials');
  if (need.kind === 'installation' && actor.kind !== 'installation') throw notAccessible();
  if (need.kind === 'signed_in' && actor.kind === 'anonymous') throw new Refusal(401, 'Requires authentication');
  if (repository !== undefined && !canSee(world, actor, repository)) throw notFound();
  if (
    need.kind === 'permission' &&
    !need.any.some(({ name, level }) => mayUse(world, actor, repository, name, level))
  ) {
    throw actor.kind === 'anonymous' ? new Refusal(401, 'Requires authentication') : notAccessible();
  }
}

/** Whether a repository exists at all for an actor. */
export function canSee(world: World, actor: Actor, repository: Repository): boolean {
  if (!repository.private) return true;
  if (actor.kind === 'installation') return reaches(actor, repository);
  return actor.kind === 'user' && roleOf(world, repository, actor.userId).permission !== 'none';
}

function reaches(actor: Actor & { kind: 'installation' }, repository: Repository): boolean {
  if (!installationHas(actor.installation, repository)) return false;
  return actor.repositoryIds === undefined || actor.repositoryIds.has(repository.id);
}

function mayUse(world: World, actor: Actor, repository: Repository | undefined, name: string, level: Level): boolean {
  if (actor.kind === 'installation') {
    const granted = actor.permissions[name];
    const foreign = repository !== undefined && !reaches(actor, repository);
    if (foreign) return level === 'read' && !repository.private;
    return granted !== undefined && LEVELS[granted] >= LEVELS[level];
  }
  if (actor.kind === 'anonymous') return level === 'read' && repository?.private === false;
  if (actor.kind !== 'user' || name === 'checks') return actor.kind === 'user' && level === 'read';
  if (repository === undefined) return true;
  const { permission } = roleOf(world, repository, actor.userId);
  if (level === 'read') return permission !== 'none' || !repository.private;
  const talks = name === 'issues' || name === 'pull_requests';
  return talks || permission === 'write' || permission === 'maintain' || permission === 'admin';
}

/** What a person may do in a repository: as owner, organisation owner or collaborator. */
export function roleOf(
  world: World,
  repository: Repository,
  userId: number,
): { readonly permission: 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'; readonly roleName: string } {
  const owner = getAccount(world, repository.ownerId);
  if (owner.id === userId) return { permission: 'admin', roleName: 'admin' };
  const membership = isOrganisation(owner) ? owner.members.get(userId) : undefined;
  if (membership?.role === 'admin' && membership.state === 'active') return { permission: 'admin', roleName: 'admin' };
  const given = repository.collaborators.get(userId);
  if (given !== undefined) return given;
  const reads = membership?.state === 'active' || !repository.private;
  return reads ? { permission: 'read', roleName: 'read' } : { permission: 'none', roleName: 'none' };
}

/** The account that what an actor writes is shown under: an app writes as its bot. */
export function accountOf(actor: Actor): { readonly accountId: number; readonly viaAppId?: number } {
  if (actor.kind === 'user') return { accountId: actor.userId };
  if (actor.kind === 'installation') return { accountId: actor.app.botId, viaAppId: actor.app.id };
  throw notAccessible();
}
