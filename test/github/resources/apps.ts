import { createToken, suspendInstallation, uninstallApp } from '../actions/apps.ts';
import { renderApp, renderInstallation, renderToken } from '../render/app.ts';
import { renderRepository } from '../render/repository.ts';
import { created, NO_CONTENT, notFound, ok } from '../reply.ts';
import {
  ANYONE,
  AS_APP,
  AS_INSTALLATION,
  type Call,
  numberOf,
  pageOf,
  paginate,
  type Route,
  textOf,
} from '../route.ts';
import type { App, Installation, Permissions } from '../state.ts';
import { findAccount, findRepository, getAccount, installationHas } from '../world.ts';

function appOf({ actor }: Call): App {
  if (actor.kind !== 'app') throw notFound();
  return actor.app;
}

function ownInstallation(call: Call): Installation {
  const installation = call.world.installations.get(numberOf(call, 'installation_id'));
  if (installation?.appId !== appOf(call).id) throw notFound();
  return installation;
}

function installationOn(call: Call, accountId: number | undefined) {
  const all = [...call.world.installations.values()];
  const installation = all.find((one) => one.appId === appOf(call).id && one.accountId === accountId);
  if (installation === undefined) throw notFound();
  return installation;
}

function getRepositoryInstallation(call: Call) {
  const repository = findRepository(call.world, textOf(call, 'owner'), textOf(call, 'repo'));
  const installation = installationOn(call, repository?.ownerId);
  if (repository === undefined || !installationHas(installation, repository)) throw notFound();
  return ok(renderInstallation(call.world, installation));
}

function createAccessToken(call: Call) {
  const installation = ownInstallation(call);
  const { repositories, repository_ids, permissions } = call.body as {
    repositories?: string[];
    repository_ids?: number[];
    permissions?: Permissions;
  };
  const wish = {
    ...(repositories && { repositories }),
    ...(repository_ids && { repository_ids }),
    ...(permissions && { permissions }),
  };
  return created(renderToken(call.world, installation, createToken(call.world, installation, wish)));
}

function listRepositories(call: Call) {
  const { actor, world } = call;
  if (actor.kind !== 'installation') throw notFound();
  const reached = [...world.repositories.values()].filter(
    (repository) =>
      installationHas(actor.installation, repository) && (actor.repositoryIds?.has(repository.id) ?? true),
  );
  const { page, perPage, headers } = pageOf(call, reached.length);
  const shown = reached.slice((page - 1) * perPage, page * perPage);
  const body = {
    total_count: reached.length,
    repository_selection: actor.installation.selection,
    repositories: shown.map((repository) => renderRepository(world, repository)),
  };
  return ok(body, headers);
}

function suspend(call: Call, suspended: boolean) {
  suspendInstallation(call.world, ownInstallation(call), suspended, appOf(call).ownerId);
  return NO_CONTENT;
}

export const apps: readonly Route[] = [
  { operation: 'apps/get-authenticated', needs: AS_APP, handle: (call) => ok(renderApp(call.world, appOf(call))) },
  {
    operation: 'apps/get-by-slug',
    needs: ANYONE,
    handle: (call) => {
      const app = [...call.world.apps.values()].find((one) => one.slug === textOf(call, 'app_slug'));
      if (app === undefined) throw notFound();
      return ok(renderApp(call.world, app));
    },
  },
  {
    operation: 'apps/list-installations',
    needs: AS_APP,
    handle: (call) => {
      const own = [...call.world.installations.values()].filter((one) => one.appId === appOf(call).id);
      return paginate(call, own, (installation) => renderInstallation(call.world, installation));
    },
  },
  {
    operation: 'apps/get-installation',
    needs: AS_APP,
    handle: (call) => ok(renderInstallation(call.world, ownInstallation(call))),
  },
  {
    operation: 'apps/delete-installation',
    needs: AS_APP,
    handle: (call) => {
      uninstallApp(call.world, ownInstallation(call), getAccount(call.world, appOf(call).ownerId));
      return NO_CONTENT;
    },
  },
  { operation: 'apps/suspend-installation', needs: AS_APP, handle: (call) => suspend(call, true) },
  { operation: 'apps/unsuspend-installation', needs: AS_APP, handle: (call) => suspend(call, false) },
  { operation: 'apps/create-installation-access-token', needs: AS_APP, handle: createAccessToken },
  {
    operation: 'apps/revoke-installation-access-token',
    needs: AS_INSTALLATION,
    handle: ({ world, actor }) => {
      if (actor.kind === 'installation') world.tokens.delete(actor.token);
      return NO_CONTENT;
    },
  },
  { operation: 'apps/get-repo-installation', needs: AS_APP, handle: getRepositoryInstallation },
  ...(['org', 'user'] as const).map(
    (kind): Route => ({
      operation: `apps/get-${kind}-installation`,
      needs: AS_APP,
      handle: (call) => {
        const account = findAccount(call.world, textOf(call, kind === 'org' ? 'org' : 'username'));
        return ok(renderInstallation(call.world, installationOn(call, account?.id)));
      },
    }),
  ),
  { operation: 'apps/list-repos-accessible-to-installation', needs: AS_INSTALLATION, handle: listRepositories },
];
