// One server process for the benchmarks: everything real but for the evaluation, which waits as long as GitHub would take.
// Arguments: store, webhook secret.

import { createLog } from '../dist/server/log.js';
import { createMetrics } from '../dist/server/metrics.js';
import { startServer } from '../dist/server/start-server.js';
import { openStore } from '../dist/store/open-store.js';

const [location, secret] = process.argv.slice(2);
const settings = {
  webhookSecrets: [secret],
  webhookPath: '/hook',
  host: '127.0.0.1',
  port: 0,
  concurrency: 4,
  graceMs: 0,
};
const server = await startServer({
  settings,
  store: await openStore(location),
  evaluate: async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { handledHints: [] };
  },
  sweeps: [],
  clock: Date.now,
  log: createLog('silent', []),
  metrics: createMetrics(),
  redact: (text) => text,
});
process.on('message', () => process.send({ cpu: process.cpuUsage() }));
process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
process.send({ port: server.port });
