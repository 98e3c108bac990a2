import { checkWebhook } from './contract/check.ts';
import { renderAccount, renderOrganisation } from './render/account.ts';
import { renderRepository } from './render/repository.ts';
import type { Json } from './route.ts';
import type { Installation, Repository } from './state.ts';
import { getAccount, installationHas, isOrganisation, type World } from './world.ts';

/** Something that happened and that apps may want to hear of. */
export interface WebhookEvent {
  readonly name: string;
  readonly action?: string;
  readonly repository?: Repository;
  /** For events about one installation, which may be gone by now. */
  readonly installation?: Installation;
  /** Only this app hears of it (`check_run.rerequested` and the like). */
  readonly appId?: number;
  readonly senderId: number;
  readonly payload: Json;
}

/** A payload on its way to one app. */
export interface Outgoing {
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number;
  readonly repositoryId: number | null;
  readonly payload: Json;
}

/** The permission without which an app can't subscribe to an event: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const EVENT_PERMISSIONS: Readonly<Record<string, string>> = {
  branch_protection_rule: 'administration',
  check_run: 'checks',
  check_suite: 'checks',
  issue_comment: 'issues',
  issues: 'issues',
  merge_group: 'merge_queues',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  pull_request_review_comment: 'pull_requests',
  pull_request_review_thread: 'pull_requests',
  push: 'contents',
  repository: 'metadata',
};

/** Sent to every app without a subscription. */
const UNASKED = new Set(['installation', 'installation_repositories', 'ping']);

/** The payloads that an event makes, one for each app that hears of it. */
export function addressEvent(world: World, event: WebhookEvent): Outgoing[] {
  const installations = event.installation === undefined ? [...world.installations.values()] : [event.installation];
  return installations
    .filter((installation) => hears(event, installation))
    .map((installation) => ({
      appId: installation.appId,
      event: event.name,
      action: event.action ?? null,
      installationId: installation.id,
      repositoryId: event.repository?.id ?? null,
      payload: wrap(world, event, installation),
    }));
}

function hears(event: WebhookEvent, installation: Installation): boolean {
  if (event.appId !== undefined && event.appId !== installation.appId) return false;
  if (UNASKED.has(event.name)) return true;
  if (installation.suspendedAt !== undefined) return false;
  if (event.repository !== undefined && !installationHas(installation, event.repository)) return false;
  const permission = EVENT_PERMISSIONS[event.name];
  return installation.events.includes(event.name) && permission !== undefined && permission in installation.permissions;
}

function wrap(world: World, event: WebhookEvent, installation: Installation): Json {
  const owner = getAccount(world, event.repository?.ownerId ?? installation.accountId);
  return {
    ...(event.action !== undefined && { action: event.action }),
    ...(event.repository !== undefined && { repository: renderRepository(world, event.repository) }),
    ...(isOrganisation(owner) && { organization: renderOrganisation(world, owner) }),
    sender: renderAccount(world, event.senderId),
    ...(!UNASKED.has(event.name) && { installation: { id: installation.id, node_id: installation.nodeId } }),
    ...event.payload,
  };
}

/** What is wrong with a payload by GitHub's own description. */
export function checkPayload({ event, action, payload }: Outgoing): string[] {
  return checkWebhook([event, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-'), payload);
}
