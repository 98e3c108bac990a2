import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/server/read-body.ts';
import { sqlite } from '../store/engines.ts';
import { headersFor, SECRET, SETTINGS } from './test-server.ts';

const ENTRY = join(import.meta.dirname, '../../dist/server/main.js');
const REFUSALS = 10_000;
const AT_ONCE = 50;
/** What a warm process may grow by; a leak of one body in ten would be hundreds. */
const MOST_GROWTH_MB = 48;

const BODY = JSON.stringify({ action: 'opened', filler: 'x'.repeat(100_000) });

interface Kind {
  readonly name: string;
  readonly status: number;
  headers(): Record<string, string>;
  readonly body: string;
}

const signed = (body: string, secret?: string) => headersFor(body, 'pull_request', secret);

/** What strangers send, 100 KB each. */
const KINDS: readonly Kind[] = [
  { name: 'unsigned', status: 401, headers: () => without(signed(BODY), 'x-hub-signature-256'), body: BODY },
  { name: 'wrongly signed', status: 401, headers: () => signed(BODY, 'not the secret'), body: BODY },
  { name: 'not JSON', status: 400, headers: () => signed(BODY.slice(1)), body: BODY.slice(1) },
  { name: 'as a form', status: 415, headers: () => ({ ...signed(BODY), 'content-type': 'text/plain' }), body: BODY },
  {
    name: 'too large',
    status: 413,
    headers: () => ({ ...signed(''), 'content-length': String(MAX_BODY_BYTES + 1) }),
    body: '',
  },
];

const table: Record<string, unknown>[] = [];
afterAll(() => console.table(table));

it('ten thousand refused deliveries cost no memory and leave nothing but counters', {
  timeout: 10 * 60_000,
}, async () => {
  const { port, memoryMb } = await startProcess(await sqlite.fresh());
  for (const kind of KINDS) await sendMany(port, kind, 300);
  for (const kind of KINDS) {
    const before = await memoryMb();
    const statuses = await sendMany(port, kind, REFUSALS / KINDS.length);
    const growth = (await memoryMb()) - before;
    table.push({ deliveries: kind.name, sent: statuses.length, status: kind.status, 'MB before': before, growth });
    expect(new Set(statuses)).toEqual(new Set([kind.status]));
    expect(growth).toBeLessThan(MOST_GROWTH_MB);
  }
});

/** The real server as a process; its resident memory is what its metrics say. */
async function startProcess(store: string) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const child = spawn(process.execPath, ['--no-warnings', ENTRY], {
    env: {
      PATH: process.env.PATH ?? '',
      APP_ID: '1',
      PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      WEBHOOK_SECRET: SECRET,
      // Nobody listens there; the sweeps find out.
      GHE_HOST: '127.0.0.1:9',
      GHE_PROTOCOL: 'http',
      HOST: '127.0.0.1',
      PORT: '0',
      SIGHTLINE_STORE: store,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const port = await new Promise<number>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /"port":(\d+).*"msg":"Sightline is listening"/.exec(line);
      if (found) resolve(Number(found[1]));
    });
  });
  async function memoryMb(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const bytes = /^process_resident_memory_bytes (\d+)/m.exec(text)?.[1];
    return Math.round(Number(bytes) / 2 ** 20);
  }
  return { port, memoryMb };
}

async function sendMany(port: number, kind: Kind, count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  let left = count;
  async function sendOn(): Promise<void> {
    while (left > 0) {
      left -= 1;
      statuses.push(await send(port, kind));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
  return statuses;
}

/** The answer's status; a sender who is cut off after the answer has it all the same. */
function send(port: number, { headers, body }: Kind): Promise<number> {
  return new Promise((resolve, reject) => {
    const all = { ...headers(), 'x-github-delivery': randomUUID() };
    const sending = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: SETTINGS.webhookPath,
      headers: all,
      agent: false,
    });
    let status = 0;
    sending.on('response', (response) => {
      status = response.statusCode ?? 0;
      response.resume();
      response.on('close', () => resolve(status));
      sending.destroy();
    });
    sending.on('error', (error) => (status > 0 ? resolve(status) : reject(error)));
    sending.write(body);
    if (!('content-length' in all)) sending.end();
  });
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}
