import type { Sweep } from '../../server/sweep.ts';
import type { State } from '../../store/ports.ts';
import { isGitHubError } from '../github-error.ts';
import type { Octokit } from '../octokit.ts';
import type { SweepDeps } from './sweep-deps.ts';

const MINUTE_MS = 60_000;

/** GitHub keeps deliveries that long: https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
const KEPT_MS = 3 * 24 * 60 * MINUTE_MS;

/** The list may lag behind; looking at a delivery twice does no harm. */
const OVERLAP_MS = 10 * MINUTE_MS;

/** Pages of 100 in one sweep; what is left comes with the next one. */
const MAX_PAGES = 50;

/** After so many redeliveries that failed, another one is no use; the pull requests are found by their own sweep. */
const MAX_ATTEMPTS = 6;

const REDELIVERY_KIND = 'redelivery';

/** In one sweep. */
const MOST_FORGOTTEN = 1_000;

interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: number;
  readonly isOk: boolean;
}

/**
 * Asks GitHub again for the deliveries that did not reach us: it records them as failed and never sends them again by itself.
 * A redelivery has the same GUID, so that one which did reach us is not taken twice.
 */
export function failedDeliveriesSweep({ app, state }: Pick<SweepDeps, 'app' | 'state'>): Sweep {
  return {
    name: 'failed_deliveries',
    everyMs: 5 * MINUTE_MS,
    async run({ now, signal, log }) {
      const key = { kind: 'sweep_cursor', repositoryId: 0, pullRequest: 0, name: 'failed_deliveries' };
      const last = await state.read(key);
      const since = Math.max(now - KEPT_MS, typeof last?.value === 'number' ? last.value - OVERLAP_MS : 0);
      const octokit = await app();
      const failed = failedOf(await attemptsSince(octokit, since, signal));
      let asked = 0;
      for (const attempt of failed) {
        signal.throwIfAborted();
        if (await redeliver(octokit, state, attempt, now)) asked += 1;
      }
      await forgetOld(state, now);
      await state.write(key, { version: last?.version ?? 0, value: now, now });
      if (asked > 0) log.warn({ asked }, 'deliveries that had failed are asked for again');
    },
  };
}

async function attemptsSince(octokit: Octokit, since: number, signal: AbortSignal): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    signal.throwIfAborted();
    const { data, headers } = await octokit.rest.apps.listWebhookDeliveries({
      per_page: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id, guid, delivered_at, status_code } of data) {
      const isOk = status_code >= 200 && status_code < 300;
      attempts.push({ id, guid, deliveredAt: Date.parse(delivered_at), isOk });
    }
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
    const oldest = attempts.at(-1)?.deliveredAt ?? 0;
    if (cursor === undefined || oldest < since) break;
    cursor = decodeURIComponent(cursor);
  }
  return attempts.filter(({ deliveredAt }) => deliveredAt >= since);
}

/** The newest attempt of each delivery of which no attempt succeeded. */
function failedOf(attempts: readonly Attempt[]): readonly Attempt[] {
  const newest = new Map<string, Attempt>();
  const succeeded = new Set(attempts.filter(({ isOk }) => isOk).map(({ guid }) => guid));
  for (const attempt of attempts) {
    const known = newest.get(attempt.guid);
    if (!known || attempt.deliveredAt > known.deliveredAt) newest.set(attempt.guid, attempt);
  }
  return [...newest.values()].filter(({ guid }) => !succeeded.has(guid));
}

/** What GitHub does not keep any more need not be remembered either. */
async function forgetOld(state: State, now: number): Promise<void> {
  const old = await state.list({ kind: REDELIVERY_KIND, ending: { from: 0, to: now }, limit: MOST_FORGOTTEN });
  for (const record of old) await state.remove(record, record.version);
}

/** Each time a delivery fails again, the pause before it is asked for once more doubles. */
async function redeliver(octokit: Octokit, state: State, attempt: Attempt, now: number): Promise<boolean> {
  const key = { kind: REDELIVERY_KIND, repositoryId: 0, pullRequest: 0, name: attempt.guid };
  const record = await state.read(key);
  const before = (record?.value ?? { count: 0, nextAt: 0 }) as { count: number; nextAt: number };
  if (before.count >= MAX_ATTEMPTS || now < before.nextAt) return false;
  const value = { count: before.count + 1, nextAt: now + 5 * MINUTE_MS * 2 ** before.count };
  await state.write(key, { version: record?.version ?? 0, value, now, endsAt: now + KEPT_MS });
  try {
    await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: attempt.id });
    return true;
  } catch (error) {
    // GitHub has forgotten it.
    if (isGitHubError(error, 'gone', 'refused')) return false;
    throw error;
  }
}
