import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Evaluate } from '../store/lease.ts';
import type { Store } from '../store/open-store.ts';
import { atMost } from './at-most.ts';
import { createHealth } from './health.ts';
import { createHttpServer, listen } from './http-server.ts';
import { createIngress } from './ingress.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { notedRefusals } from './noted-refusals.ts';
import { retentionSweep } from './retention-sweep.ts';
import { type RunningSweeps, runSweeps } from './run-sweeps.ts';
import { runWorker, type WorkerOptions } from './run-worker.ts';
import type { Settings } from './settings.ts';
import type { Sweep } from './sweep.ts';

export interface ServerParts {
  readonly settings: Pick<
    Settings,
    'webhookSecrets' | 'webhookPath' | 'host' | 'port' | 'metricsToken' | 'appId' | 'concurrency' | 'graceMs'
  >;
  readonly store: Store;
  readonly evaluate: Evaluate;
  /** Beside the store's own. */
  readonly sweeps: readonly Sweep[];
  /** Waits for somebody else's server, and so for no other sweep and no other for it. */
  readonly feed?: Sweep;
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly redact: (text: string) => string;
  /** How leases are kept; the worker's own measures where left out. */
  readonly worker?: Partial<Pick<WorkerOptions, 'leaseMs' | 'pollMs' | 'jobTimeoutMs'>>;
  readonly pages?: (request: IncomingMessage, response: ServerResponse) => unknown;
}

export interface SightlineServer {
  readonly port: number;
  /**
   * Answers what is open, lets running jobs end within the grace period, gives the other leases back and closes the store.
   * Called twice, it is done once.
   */
  stop(): Promise<void>;
}

/** A store that does not answer is left as it is. */
const CLOSE_MS = 1_000;
/** For the entry that is on its way; those behind it are the next process's. */
const FEED_GRACE_MS = 2_000;

/** Starts ingress, worker and sweeps on one store. */
export async function startServer(parts: ServerParts): Promise<SightlineServer> {
  const { settings, store, log } = parts;
  const { webhookPath, graceMs } = settings;
  let stopped: Promise<void> | undefined;
  const { accept, ping } = notedRefusals(store.queue.accept, store.ping, parts.clock);
  const ingress = createIngress({ ...parts, appId: settings.appId, secrets: settings.webhookSecrets, accept });
  const health = createHealth({
    ...parts,
    ping,
    depth: store.queue.depth,
    isDraining: () => stopped !== undefined,
    ...(settings.metricsToken === undefined ? {} : { metricsToken: settings.metricsToken }),
  });
  const pages = parts.pages ? { pages: parts.pages } : {};
  const http = await listen(
    createHttpServer({ webhookPath, ingress, health, log, ...pages }),
    settings.host,
    settings.port,
  );
  const worker = runWorker({ ...parts, ...parts.worker, concurrency: settings.concurrency });
  const sweeps = startSweeps(parts);
  log.info({ port: http.port, store: store.database.address, webhookPath }, 'Sightline is listening');
  async function drain(): Promise<void> {
    log.info({ running: worker.active(), graceMs }, 'shutting down');
    await Promise.all([http.close(), worker.stop(graceMs), sweeps.stop(graceMs)]);
    await atMost(store.close(), CLOSE_MS);
    log.info('stopped');
  }
  return {
    port: http.port,
    stop() {
      stopped ??= drain();
      return stopped;
    },
  };
}

function startSweeps(parts: ServerParts): RunningSweeps {
  const sweeps = runSweeps({ ...parts, sweeps: [retentionSweep(parts.store), ...parts.sweeps] });
  const feed = parts.feed && runSweeps({ ...parts, sweeps: [parts.feed], lock: parts.feed.name });
  return {
    async stop(graceMs) {
      await Promise.all([sweeps.stop(graceMs), feed?.stop(Math.min(graceMs, FEED_GRACE_MS))]);
    },
  };
}
