import type { Sweep } from '../../server/sweep.ts';
import type { Octokit } from '../octokit.ts';
import { KEPT_MS, type OwedDeliveries, owedDeliveries } from './owed-deliveries.ts';
import type { SweepDeps } from './sweep-deps.ts';

const MINUTE_MS = 60_000;

/** The list may lag behind; looking at a delivery twice does no harm. */
const OVERLAP_MS = 10 * MINUTE_MS;

/** Pages of 100 in one sweep; the next one reads on. */
const MAX_PAGES = 50;

const CURSOR = { kind: 'sweep_cursor', repositoryId: 0, pullRequest: 0, name: 'failed_deliveries' };

/** A part of GitHub's log that is not read yet: from a page on (absent: the newest), back to a time. */
interface Stretch {
  readonly page?: string;
  readonly since: number;
}

/** How far the log is read. */
interface Progress {
  readonly until: number;
  /** What was too much for one sweep. */
  readonly rest?: Stretch;
}

/**
 * Asks GitHub again for the deliveries that did not reach us: it records them as failed and never sends them again by itself.
 * A redelivery has the same GUID, so that one which did reach us is not taken twice. Reads what is new in GitHub's log, writes
 * down what failed, and asks for it until it arrives or GitHub has forgotten it.
 */
export function failedDeliveriesSweep({ app, state }: Pick<SweepDeps, 'app' | 'state'>): Sweep {
  return {
    name: 'failed_deliveries',
    everyMs: 5 * MINUTE_MS,
    async run({ now, signal, log }) {
      const last = await state.read(CURSOR);
      const before = progressOf(last?.value);
      const octokit = await app();
      const owed = await owedDeliveries(state, now);
      const fresh = { since: Math.max(now - KEPT_MS, before.until - OVERLAP_MS) };
      const rest = await readLog(octokit, [fresh, ...(before.rest ? [before.rest] : [])], owed, signal);
      const value: Progress = { until: now, ...(rest ? { rest } : {}) };
      await state.write(CURSOR, { version: last?.version ?? 0, value, now });
      const asked = await owed.ask(octokit, signal);
      if (asked > 0) log.warn({ asked, missing: owed.count }, 'deliveries that had failed are asked for again');
    },
  };
}

function progressOf(value: unknown): Progress {
  const isKnown = typeof value === 'object' && value !== null && 'until' in value;
  return isKnown ? (value as Progress) : { until: 0 };
}

/** Reads stretches, the newest first, as far as one sweep may; gives what is left, in one piece. */
async function readLog(
  octokit: Octokit,
  stretches: readonly Stretch[],
  owed: OwedDeliveries,
  signal: AbortSignal,
): Promise<Stretch | undefined> {
  const seen = new Set<string>();
  const oldest = Math.min(...stretches.map(({ since }) => since));
  let pages = MAX_PAGES;
  for (const { page: first, since } of stretches) {
    let page = first;
    for (;;) {
      if (pages === 0) return { ...(page === undefined ? {} : { page }), since: oldest };
      pages -= 1;
      signal.throwIfAborted();
      const next = await readPage(octokit, page, { since, seen, owed });
      if (next === undefined) break;
      page = next;
    }
  }
  return undefined;
}

interface Reading {
  readonly since: number;
  /** GUIDs of which a newer attempt was looked at already. */
  readonly seen: Set<string>;
  readonly owed: OwedDeliveries;
}

/** @returns the next page to read, if there is one and `since` is not reached */
async function readPage(octokit: Octokit, cursor: string | undefined, reading: Reading): Promise<string | undefined> {
  const { since, seen, owed } = reading;
  const { data, headers } = await octokit.rest.apps.listWebhookDeliveries({
    per_page: 100,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const arrived = new Set(data.filter(isOk).map(({ guid }) => guid));
  for (const attempt of data) {
    const deliveredAt = Date.parse(attempt.delivered_at);
    if (deliveredAt < since) return undefined;
    const { id, guid } = attempt;
    if (arrived.has(guid)) await owed.remove(guid);
    else if (!seen.has(guid)) await owed.add(guid, { deliveryId: id, since: deliveredAt });
    seen.add(guid);
  }
  const next = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
  return next === undefined ? undefined : decodeURIComponent(next);
}

function isOk({ status_code }: { readonly status_code: number }): boolean {
  return status_code >= 200 && status_code < 300;
}
