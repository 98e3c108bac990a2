import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createOrganisation, createUser } from '../github/actions/accounts.ts';
import { createApp } from '../github/actions/apps.ts';
import type { LocalGitHub } from '../github/local-github.ts';
import type { App, Permissions } from '../github/state.ts';

/** Registers the app on a local GitHub with exactly the permissions and events of its manifest (`app.yml`). */
export function registerApp(github: LocalGitHub, manifest: string): { readonly app: App; readonly privateKey: string } {
  const { default_permissions, default_events } = parse(readFileSync(manifest, 'utf8')) as {
    readonly default_permissions: Permissions;
    readonly default_events: readonly string[];
  };
  const owner = createOrganisation(github.world, 'sightline-operators', createUser(github.world, 'operator'));
  const options = { slug: 'sightline', owner, permissions: default_permissions, events: default_events };
  return createApp(github.world, { ...options, secret: 'a secret between the local GitHub and the app' });
}
