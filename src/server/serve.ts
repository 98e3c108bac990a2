import { createGitHubApp } from '../github/github-app.ts';
import type { Judge } from '../github/judge.ts';
import type { Scanner } from '../integration/integration.ts';
import { loadPacks } from '../policy/load-packs.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { countedStore } from './counted-store.ts';
import { createProbot } from './create-probot.ts';
import { type FeedParts, feedSweep } from './feed/feed-sweep.ts';
import type { Log } from './log.ts';
import { measuredAuth } from './measured-auth.ts';
import { createMetrics } from './metrics.ts';
import { redactor } from './redact.ts';
import { type Settings, secretsOf } from './settings.ts';
import { type ServerParts, type SightlineServer, startServer } from './start-server.ts';

/** What the server is made of, beside its settings. */
export interface ServeOptions {
  readonly settings: Settings;
  readonly log: Log;
  readonly scanner: Scanner;
  readonly judge: Judge;
  readonly pages?: ServerParts['pages'];
}

/** How often to compare this machine's clock with the database's. */
const CLOCK_CHECK_MS = 10 * 60_000;

/**
 * Opens the store and serves until it is stopped; the store and the scanner end with it.
 * @throws StoreError, or Error if the address is taken; nothing is left open then
 */
export async function serve({ settings, log, scanner, judge, pages }: ServeOptions): Promise<SightlineServer> {
  const metrics = createMetrics();
  const store = countedStore(await openStore(settings.store), metrics, shippedRules());
  const clock = await commonClock(store).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const app = createGitHubApp({
    probot: measuredAuth(createProbot(settings, log), metrics),
    appId: settings.appId,
    webUrl: settings.webUrl,
    store,
    scanner,
    judge,
    now: clock.now,
  });
  async function end(): Promise<void> {
    clock.stop();
    await scanner.close();
  }
  try {
    const redact = redactor(secretsOf(settings));
    const worker = { leaseMs: settings.leaseMs };
    const parts = { settings, store, log, metrics, redact, clock: clock.now, worker, ...app };
    const feed = feedIn(settings, { store, metrics, clock: clock.now });
    const server = await startServer({ ...parts, ...feed, ...(pages ? { pages } : {}) });
    return { ...server, stop: () => server.stop().finally(end) };
  } catch (error) {
    await Promise.allSettled([end(), store.close()]);
    throw error;
  }
}

function feedIn(
  { feed, webUrl }: Settings,
  parts: Pick<FeedParts, 'store' | 'metrics' | 'clock'>,
): Pick<ServerParts, 'feed'> {
  return feed ? { feed: feedSweep({ feed, webUrl, ...parts }) } : {};
}

function shippedRules(): ReadonlySet<string> {
  return new Set(loadPacks().flatMap(({ id, rules }) => rules.map((rule) => `${id}/${rule.id}`)));
}

/** The database's clock where there is one, so that processes on several machines agree about leases. */
async function commonClock(store: Store): Promise<{ readonly now: () => number; stop(): void }> {
  let offset = await store.clockOffset();
  const timer = setInterval(() => {
    // While the store is away the last offset is as good as any.
    store.clockOffset().then(
      (measured) => {
        offset = measured;
      },
      () => undefined,
    );
  }, CLOCK_CHECK_MS);
  return { now: () => Date.now() + offset, stop: () => clearInterval(timer) };
}
