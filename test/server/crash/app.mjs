// One process of the crash test: the real server, with an evaluation that asks the test what the head is and tells it what
// it "published". Arguments: folder of the compiled source, store, webhook secret, address of the test,
// share of evaluations that fail.
const [source, location, secret, test, failures] = process.argv.slice(2);
const { openStore } = await import(`${source}/store/open-store.js`);
const { startServer } = await import(`${source}/server/start-server.js`);
const { createLog } = await import(`${source}/server/log.js`);
const { createMetrics } = await import(`${source}/server/metrics.js`);

async function tell(path, body) {
  const response = await fetch(`${test}/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

async function evaluate(job, lease) {
  const number = job.mark.scope.number;
  const run = `${job.key} ${job.lease}`;
  const { head } = await tell('started', { number, run, pid: process.pid });
  try {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
    if (Math.random() < Number(failures)) throw new Error('failing on purpose');
    await lease.ensure();
  } catch (error) {
    await tell('gave-up', { number, run });
    throw error;
  }
  await tell('published', { number, run, pid: process.pid, head });
  const record = [{ at: Date.now(), kind: 'verdict', repositoryId: 7, pullRequest: number, data: { head } }];
  return { handledHints: job.hints.map(({ id }) => id), record };
}

const store = await openStore(location);
const server = await startServer({
  settings: {
    webhookSecrets: [secret],
    webhookPath: '/hook',
    host: '127.0.0.1',
    port: 0,
    concurrency: 4,
    graceMs: 5_000,
  },
  worker: { leaseMs: 4_000, pollMs: 200 },
  store,
  evaluate,
  sweeps: [],
  clock: Date.now,
  log: createLog('silent', []),
  metrics: createMetrics(),
  redact: (text) => text,
});
process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
process.send({ port: server.port });
