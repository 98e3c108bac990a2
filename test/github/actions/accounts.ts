import type { Account, Organisation, Team } from '../state.ts';
import { nextIdentity, type World } from '../world.ts';

/** A person. Throws where the login is taken. */
export function createUser(world: World, login: string): Account {
  return register(world, {
    ...nextIdentity(world, 'User', 'U'),
    login,
    type: 'User',
    name: login,
    createdAt: world.clock(),
  });
}

/** An app's own account; it writes what the app writes. */
export function createBot(world: World, slug: string): Account {
  const identity = nextIdentity(world, 'Bot', 'BOT');
  return register(world, { ...identity, login: `${slug}[bot]`, type: 'Bot', name: null, createdAt: world.clock() });
}

/** An organisation with its first owner. */
export function createOrganisation(world: World, login: string, owner: Account): Organisation {
  const identity = nextIdentity(world, 'Organization', 'O');
  const members = new Map([[owner.id, { role: 'admin', state: 'active' } as const]]);
  const organisation: Organisation = {
    ...identity,
    login,
    type: 'Organization',
    name: login,
    createdAt: world.clock(),
    members,
    teams: new Map(),
  };
  return register(world, organisation);
}

export function addMember(
  organisation: Organisation,
  user: Account,
  role: 'admin' | 'member' = 'member',
  state: 'active' | 'pending' = 'active',
): void {
  organisation.members.set(user.id, { role, state });
}

/** A team; its members need not be told apart from the organisation's, GitHub adds them there. */
export function createTeam(
  world: World,
  organisation: Organisation,
  slug: string,
  options: {
    readonly members?: readonly Account[];
    readonly pending?: readonly Account[];
    readonly parent?: string;
  } = {},
): Team {
  const { id, nodeId } = nextIdentity(world, 'Team', 'T');
  const members: Team['members'] = new Map();
  for (const [state, users] of [
    ['active', options.members ?? []],
    ['pending', options.pending ?? []],
  ] as const) {
    for (const user of users) {
      members.set(user.id, { role: 'member', state });
      if (!organisation.members.has(user.id)) addMember(organisation, user, 'member', state);
    }
  }
  const team: Team = {
    id,
    nodeId,
    slug,
    name: slug,
    organisationId: organisation.id,
    createdAt: world.clock(),
    members,
    ...(options.parent !== undefined && { parentSlug: options.parent }),
  };
  organisation.teams.set(slug, team);
  return team;
}

function register<T extends Account>(world: World, account: T): T {
  const key = account.login.toLowerCase();
  if (world.accountIds.has(key)) throw new Error(`the login ${account.login} is taken`);
  world.accountIds.set(key, account.id);
  world.accounts.set(account.id, account);
  return account;
}
