import { fork } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { onEachSetUp } from './set-ups.mjs';

const SECRET = 'a secret for the benchmark';
const SUSTAINED_MS = 5_000;
const CLIENTS = 16;
const BURST = 500;
const BURST_MS = 1_000;
/** A promise of the documentation: GitHub gives up after ten seconds, we are a hundred times quicker. */
const BURST_P99_LIMIT_MS = 100;

/** How fast signed deliveries are stored and answered. The servers are processes of their own; this one is only the sender. */
export const acceptDeliveries = {
  name: 'accept-deliveries',
  says: 'signed webhooks of a pull request over HTTP, answered once they are stored',
  run: () => onEachSetUp(measure),
};

async function measure({ location, processes }) {
  const servers = [];
  for (let count = 0; count < processes; count += 1) servers.push(await startServer(location));
  const send = sender(servers.map(({ port }) => port));
  // The first requests pay for compilation and connections.
  await sustained(send, 2_000);
  const burst = await bursts(send);
  const before = await cpuOf(servers);
  const { times, seconds } = await sustained(send, SUSTAINED_MS);
  const cpu = (await cpuOf(servers)) - before;
  for (const { child } of servers) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return [
    { what: `${BURST} in a second, p50`, value: quantile(burst, 0.5), unit: 'ms' },
    { what: `${BURST} in a second, p99`, value: quantile(burst, 0.99), unit: 'ms', limit: BURST_P99_LIMIT_MS },
    { what: `sustained by ${CLIENTS} clients`, value: times.length / seconds, unit: 'deliveries/s' },
    { what: 'sustained, p99', value: quantile(times, 0.99), unit: 'ms' },
    { what: 'processor time for one', value: cpu / times.length, unit: 'ms' },
  ];
}

async function startServer(location) {
  const child = fork(new URL('./bench-server.mjs', import.meta.url), [location, SECRET], {
    execArgv: ['--no-warnings'],
  });
  const [{ port }] = await once(child, 'message');
  return { child, port };
}

/** Milliseconds of processor time that the servers have used; unlike the others, it does not depend on what else runs here. */
async function cpuOf(servers) {
  let used = 0;
  for (const { child } of servers) {
    child.send('cpu');
    const [{ cpu }] = await once(child, 'message');
    used += (cpu.user + cpu.system) / 1_000;
  }
  return used;
}

/** Sends deliveries of GitHub's own example, for one of a hundred pull requests each; gives the milliseconds to the answer. */
function sender(ports) {
  const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json');
  const [example] = JSON.parse(readFileSync(file, 'utf8')).find(({ name }) => name === 'pull_request').examples;
  const bodies = Array.from({ length: 100 }, (_, index) => {
    const pullRequest = { ...example.pull_request, number: index + 1 };
    const payload = { ...example, action: 'synchronize', installation: { id: 1 }, pull_request: pullRequest };
    const body = Buffer.from(JSON.stringify(payload));
    return { body, signature: `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` };
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  let next = 0;
  return () => {
    next += 1;
    const { body, signature } = bodies[next % bodies.length];
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-github-delivery': randomUUID(),
      'x-github-event': 'pull_request',
      'x-hub-signature-256': signature,
    };
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: ports[next % ports.length], path: '/hook', method: 'POST', agent, headers },
        (response) => {
          response.resume();
          response.on('end', () => {
            if (response.statusCode === 202) resolve(performance.now() - started);
            else reject(new Error(`The server answered ${response.statusCode}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  };
}

async function bursts(send) {
  const answers = [];
  const started = performance.now();
  for (let index = 0; index < BURST; index += 1) {
    const wait = started + (index * BURST_MS) / BURST - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    answers.push(send());
  }
  return Promise.all(answers);
}

async function sustained(send, ms) {
  const times = [];
  const started = performance.now();
  async function client() {
    while (performance.now() - started < ms) times.push(await send());
  }
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { times, seconds: (performance.now() - started) / 1_000 };
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
