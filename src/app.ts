import type { Probot } from 'probot';
import { createGitHubApp } from './github/github-app.ts';
import { judgeWithRooms } from './github/judge-with-rooms.ts';
import type { Payload } from './github/payload.ts';
import { createScanner } from './integration/scanner.ts';
import { createProbot } from './server/create-probot.ts';
import { createLog } from './server/log.ts';
import { createMetrics } from './server/metrics.ts';
import { redactor } from './server/redact.ts';
import { retentionSweep } from './server/retention-sweep.ts';
import { runSweeps } from './server/run-sweeps.ts';
import { runWorker } from './server/run-worker.ts';
import { readSettings, type Settings, secretsOf } from './server/settings.ts';
import { toDelivery } from './server/to-delivery.ts';
import { openStore, type Store } from './store/open-store.ts';

/**
 * Sightline as a Probot app, for those who load it in a Probot of their own. The store, the worker and the sweeps are the same as in
 * `npm start`; what Probot does not bring is that server's size limit, its several webhook secrets, health and metrics.
 * @throws SettingsError if a secret is missing, StoreError
 */
export default async function sightline(app: Probot): Promise<void> {
  const settings = readSettings(process.env);
  const store = await openStore(settings.store);
  const stop = work(settings, store);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  app.onAny(async ({ id, name, payload }) => {
    try {
      await accept(settings.appId, store, id, name, payload as unknown as Payload);
    } catch (error) {
      app.log.error({ err: error, delivery: id }, 'delivery could not be stored');
      // What is thrown here, Probot sends to whoever asked.
      throw new Error('The delivery could not be stored');
    }
  });
}

async function accept(appId: number, store: Store, guid: string, event: string, payload: Payload): Promise<void> {
  const { outcome, delivery } = toDelivery(appId, guid, event, payload, Date.now());
  if (outcome === 'marked') await store.queue.accept(delivery);
}

/**
 * Starts worker and sweeps; the answer stops them and closes the store. The clients are our own: those of the Probot that loaded us wait
 * for rate limits in the process.
 */
function work(settings: Settings, store: Store): () => void {
  const log = createLog(settings.logLevel, secretsOf(settings));
  const scanner = createScanner();
  const shared = { store, log, metrics: createMetrics(), redact: redactor(secretsOf(settings)), clock: Date.now };
  const github = createGitHubApp({
    probot: createProbot(settings, log),
    appId: settings.appId,
    webUrl: settings.webUrl,
    store,
    scanner,
    judge: judgeWithRooms(),
    now: Date.now,
  });
  const { concurrency, leaseMs } = settings;
  const worker = runWorker({ ...shared, evaluate: github.evaluate, concurrency, leaseMs });
  const sweeps = runSweeps({ ...shared, sweeps: [retentionSweep(store), ...github.sweeps] });
  return () => {
    void Promise.all([worker.stop(settings.graceMs), sweeps.stop(settings.graceMs)])
      .then(() => Promise.all([store.close(), scanner.close()]))
      .catch((error: unknown) => log.error({ err: error }, 'could not stop in order'));
  };
}
