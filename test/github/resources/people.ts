import { accountOf } from '../actor.ts';
import {
  renderAccount,
  renderOrganisation,
  renderTeam,
  renderUser,
  renderWholeOrganisation,
} from '../render/account.ts';
import { api, time } from '../render/common.ts';
import { NO_CONTENT, notFound, ok, Refusal, type Reply } from '../reply.ts';
import { ANYONE, type Call, numberOf, paginate, type Route, reads, SIGNED_IN, textOf } from '../route.ts';
import type { Account, Organisation, Team } from '../state.ts';
import { findAccount, findOrganisation } from '../world.ts';

function organisationOf(call: Call): Organisation {
  const organisation = findOrganisation(call.world, textOf(call, 'org'));
  if (organisation === undefined) throw notFound();
  // An installation elsewhere sees nothing of an organisation's members and teams.
  if (call.actor.kind === 'installation' && call.actor.installation.accountId !== organisation.id) throw notFound();
  return organisation;
}

function teamOf(call: Call): Team {
  const team = organisationOf(call).teams.get(textOf(call, 'team_slug'));
  if (team === undefined) throw notFound();
  return team;
}

function userOf(call: Call): Account {
  const account = findAccount(call.world, textOf(call, 'username'));
  if (account === undefined) throw notFound();
  return account;
}

/** A team's members and those of the teams below it. */
function membershipsOf(organisation: Organisation, team: Team): Map<number, { role: string; state: string }> {
  const below = [...organisation.teams.values()].filter((one) => one.parentSlug === team.slug);
  const inherited = below.flatMap((child) => [...membershipsOf(organisation, child)]);
  return new Map([...inherited, ...team.members]);
}

/** Organisation owners appear as maintainers of every team that they are in; `pending` are invited and not yet members. */
function getTeamMembership(call: Call): Reply {
  const organisation = organisationOf(call);
  const [team, user] = [teamOf(call), userOf(call)];
  const membership = membershipsOf(organisation, team).get(user.id);
  if (membership === undefined) throw notFound();
  const role = organisation.members.get(user.id)?.role === 'admin' ? 'maintainer' : membership.role;
  const url = api(call.world, `/organizations/${organisation.id}/team/${team.id}/memberships/${user.login}`);
  return ok({ state: membership.state, role, url });
}

function getTeam(call: Call): Reply {
  const organisation = organisationOf(call);
  const team = teamOf(call);
  return ok({
    parent: null,
    ...renderTeam(call.world, organisation, team),
    members_count: team.members.size,
    repos_count: 0,
    created_at: time(team.createdAt),
    updated_at: time(team.createdAt),
    organization: renderWholeOrganisation(call.world, organisation),
  });
}

function getMembership(call: Call): Reply {
  const organisation = organisationOf(call);
  const user = userOf(call);
  const membership = organisation.members.get(user.id);
  if (membership === undefined) throw notFound();
  return ok({
    url: api(call.world, `/orgs/${organisation.login}/memberships/${user.login}`),
    state: membership.state,
    role: membership.role,
    organization_url: api(call.world, `/orgs/${organisation.login}`),
    organization: renderOrganisation(call.world, organisation),
    user: renderAccount(call.world, user.id),
  });
}

function listMembers(call: Call): Reply {
  const { filter, role = 'all' } = call.query;
  if (filter !== undefined && filter !== 'all') throw new Refusal(422, 'Only owners can use this filter.');
  const members = [...organisationOf(call).members].filter(
    ([, membership]) => membership.state === 'active' && (role === 'all' || membership.role === role),
  );
  return paginate(call, members, ([id]) => renderAccount(call.world, id));
}

function listTeamMembers(call: Call): Reply {
  const { role = 'all' } = call.query;
  const members = [...membershipsOf(organisationOf(call), teamOf(call))].filter(
    ([, membership]) => membership.state === 'active' && (role === 'all' || membership.role === role),
  );
  return paginate(call, members, ([id]) => renderAccount(call.world, id));
}

function getUser(call: Call, account: Account | undefined): Reply {
  if (account === undefined) throw notFound();
  return ok(renderUser(call.world, account));
}

export const people: readonly Route[] = [
  {
    operation: 'users/get-authenticated',
    needs: SIGNED_IN,
    handle: (call) => {
      if (call.actor.kind !== 'user') throw new Refusal(403, 'Resource not accessible by integration');
      return getUser(call, call.world.accounts.get(accountOf(call.actor).accountId));
    },
  },
  { operation: 'users/get-by-username', needs: ANYONE, handle: (call) => getUser(call, userOf(call)) },
  {
    operation: 'users/get-by-id',
    needs: ANYONE,
    handle: (call) => getUser(call, call.world.accounts.get(numberOf(call, 'account_id'))),
  },
  {
    operation: 'orgs/get',
    needs: ANYONE,
    handle: (call) => ok(renderWholeOrganisation(call.world, organisationOf(call))),
  },
  { operation: 'orgs/get-membership-for-user', needs: reads('members'), handle: getMembership },
  {
    operation: 'orgs/check-membership-for-user',
    needs: reads('members'),
    handle: (call) => {
      if (organisationOf(call).members.get(userOf(call).id)?.state !== 'active') throw notFound();
      return NO_CONTENT;
    },
  },
  { operation: 'orgs/list-members', needs: reads('members'), handle: listMembers },
  { operation: 'teams/get-by-name', needs: reads('members'), handle: getTeam },
  { operation: 'teams/get-membership-for-user-in-org', needs: reads('members'), handle: getTeamMembership },
  { operation: 'teams/list-members-in-org', needs: reads('members'), handle: listTeamMembers },
];
