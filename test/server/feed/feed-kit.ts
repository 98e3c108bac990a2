import { secretsOfFeed } from '../../../src/server/feed/feed-settings.ts';
import { type FeedParts, feedSweep } from '../../../src/server/feed/feed-sweep.ts';
import { createMetrics } from '../../../src/server/metrics.ts';
import type { Store } from '../../../src/store/open-store.ts';
import type { LedgerDraft } from '../../../src/store/ports.ts';
import { readableLog } from '../fakes.ts';

/** The secret of the specification's own tests. */
export const FEED_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const START = Date.parse('2026-11-22T12:00:00Z');

/** A decision on an override of repository 7, pull request 1. */
export function decision(over: Partial<LedgerDraft> = {}): LedgerDraft {
  return {
    at: START,
    kind: 'override.approved',
    repositoryId: 7,
    pullRequest: 1,
    actorId: 12,
    data: { handle: 'O1', by: { id: 12, login: 'ada' } },
    ...over,
  };
}

export const VERDICT: LedgerDraft = {
  at: START,
  kind: 'verdict',
  repositoryId: 7,
  pullRequest: 1,
  data: { outcome: 'pass' },
};

/** One process's feed on a store, with a clock that stands still until it is told. */
export interface Fed {
  readonly store: Store;
  now: number;
  /** What the process does at a tick, whose lock is free; false: nothing was due. */
  tick(signal?: AbortSignal): Promise<boolean>;
  /** Ticks every `stepMs` until `forMs` have passed. */
  pass(forMs: number, stepMs: number): Promise<void>;
  lines(): Record<string, unknown>[];
  metrics(): Promise<string>;
}

export function feedOn(store: Store, url: string, over: Partial<FeedParts> & { readonly since?: number } = {}): Fed {
  const feed = { url, secrets: [FEED_SECRET], kinds: 'overrides' as const };
  const { log, lines } = readableLog(secretsOfFeed(over.feed ?? feed));
  const metrics = createMetrics();
  const time = { now: over.since ?? START };
  const clock = () => time.now;
  const given = { feed, store, webUrl: 'https://github.example.com', metrics, clock, random: () => 0.5, ...over };
  const sweep = feedSweep(given);
  const fed: Omit<Fed, 'now'> = {
    store,
    async tick(signal = new AbortController().signal) {
      if (!('isDue' in sweep) || !(await sweep.isDue(time.now))) return false;
      await sweep.run({ now: time.now, signal, log });
      return true;
    },
    async pass(forMs, stepMs) {
      for (const end = time.now + forMs; time.now < end; ) {
        time.now += stepMs;
        await fed.tick();
      }
    },
    lines,
    metrics: () => metrics.expose(undefined),
  };
  return Object.assign(time, fed);
}

/** A feed that has begun, and has so many decisions to send. */
export async function begun(store: Store, url: string, decisions: number, over: Partial<FeedParts> = {}): Promise<Fed> {
  const fed = feedOn(store, url, over);
  await fed.tick();
  await store.ledger.append(Array.from({ length: decisions }, () => decision()));
  return fed;
}
