import type { App, Installation, Token } from '../state.ts';
import { getAccount, getApp, getRepository, type World } from '../world.ts';
import { renderAccount, renderAccountOrNull } from './account.ts';
import { api, page, time, timeOrNull } from './common.ts';
import { renderRepository } from './repository.ts';

/** An app as GitHub shows it (`integration`). */
export function renderApp(world: World, app: App) {
  return {
    id: app.id,
    client_id: `Iv23li${app.id}`,
    slug: app.slug,
    node_id: app.nodeId,
    owner: renderAccount(world, app.ownerId),
    name: app.name,
    description: '',
    external_url: page(world, `/apps/${app.slug}`),
    html_url: page(world, `/apps/${app.slug}`),
    created_at: time(app.createdAt),
    updated_at: time(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function renderAppOrNull(world: World, appId: number | undefined) {
  return appId === undefined ? null : renderApp(world, getApp(world, appId));
}

export function renderInstallation(world: World, installation: Installation) {
  const app = getApp(world, installation.appId);
  const account = getAccount(world, installation.accountId);
  return {
    id: installation.id,
    client_id: `Iv23li${app.id}`,
    account: renderAccount(world, account.id),
    repository_selection: installation.selection,
    access_tokens_url: api(world, `/app/installations/${installation.id}/access_tokens`),
    repositories_url: api(world, '/installation/repositories'),
    html_url: page(world, `/settings/installations/${installation.id}`),
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: time(installation.createdAt),
    updated_at: time(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: renderAccountOrNull(world, installation.suspendedById),
    suspended_at: timeOrNull(installation.suspendedAt),
  };
}

export function renderToken(world: World, installation: Installation, token: Token) {
  const repositories = [...(token.repositoryIds ?? [])].map((id) => renderRepository(world, getRepository(world, id)));
  return {
    token: token.token,
    expires_at: time(token.expiresAt),
    permissions: token.permissions,
    repository_selection: token.repositoryIds === undefined ? installation.selection : 'selected',
    ...(token.repositoryIds !== undefined && { repositories }),
  };
}
