import type { Account, Organisation, Team } from '../state.ts';
import { getAccount, type World } from '../world.ts';
import { api, page, time } from './common.ts';

/** A user, organisation or bot as it is named inside other resources (`simple-user`). */
export function renderAccount(world: World, id: number) {
  const { nodeId, login, type } = getAccount(world, id);
  const url = api(world, `/users/${encodeURIComponent(login)}`);
  return {
    login,
    id,
    node_id: nodeId,
    avatar_url: page(world, `/avatars/u/${id}`),
    gravatar_id: '',
    url,
    html_url: page(world, type === 'Bot' ? `/apps/${login.replace('[bot]', '')}` : `/${login}`),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function renderAccountOrNull(world: World, id: number | null | undefined) {
  return id === null || id === undefined ? null : renderAccount(world, id);
}

/** A user's own page of the API (`public-user`). */
export function renderUser(world: World, account: Account) {
  return {
    ...renderAccount(world, account.id),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(account.createdAt),
    updated_at: time(account.createdAt),
  };
}

/** An organisation inside a webhook (`organization-simple-webhooks`) or membership. */
export function renderOrganisation(world: World, { id, nodeId, login }: Account) {
  const url = api(world, `/orgs/${login}`);
  return {
    login,
    id,
    node_id: nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: page(world, `/avatars/u/${id}`),
    description: '',
  };
}

export function renderWholeOrganisation(world: World, organisation: Organisation) {
  return {
    ...renderOrganisation(world, organisation),
    name: organisation.name ?? organisation.login,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: [...world.repositories.values()].filter((one) => one.ownerId === organisation.id && !one.private)
      .length,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: page(world, `/${organisation.login}`),
    type: 'Organization',
    created_at: time(organisation.createdAt),
    updated_at: time(organisation.createdAt),
    archived_at: null,
  };
}

export function renderTeam(world: World, organisation: Organisation, team: Team): Record<string, unknown> {
  const url = api(world, `/organizations/${organisation.id}/team/${team.id}`);
  const parent = organisation.teams.get(team.parentSlug ?? '');
  return {
    id: team.id,
    node_id: team.nodeId,
    url,
    html_url: page(world, `/orgs/${organisation.login}/teams/${team.slug}`),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    ...(parent !== undefined && { parent: renderTeam(world, organisation, parent) }),
  };
}
