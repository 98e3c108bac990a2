import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/server/read-body.ts';
import { onEachEngine, openedStore } from '../store/engines.ts';
import { deliver, headersFor, SETTINGS, testServer } from './test-server.ts';

interface Example {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}

const examplesFile = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json');
const EXAMPLES = JSON.parse(readFileSync(examplesFile, 'utf8')) as readonly Example[];

const OPENED = JSON.stringify({
  action: 'opened',
  installation: { id: 1 },
  repository: { id: 7 },
  pull_request: { number: 3, base: { ref: 'main' }, head: { sha: 'a'.repeat(40) } },
  number: 3,
});

onEachEngine((engine) => {
  it('answers a good delivery once its work is stored', async () => {
    const store = await openedStore(engine);
    const server = await testServer(store);
    const response = await deliver(server, OPENED);
    expect([response.status, await response.text()]).toEqual([202, 'accepted']);
    const [row] = await store.database.rows('select key, outcome from delivery join delivery_work using(guid)');
    expect(row).toEqual({ key: 'pull_request/7/3', outcome: 'accepted' });
    expect(server.lines()).toContainEqual(
      expect.objectContaining({
        msg: 'delivery accepted',
        installation: 1,
        repository: 7,
        delivery: expect.anything(),
      }),
    );
  });

  it('accepts every example that GitHub publishes', async () => {
    const server = await testServer(await openedStore(engine));
    const statuses: number[] = [];
    for (const { name, examples } of EXAMPLES) {
      for (const example of examples) {
        const response = await deliver(server, JSON.stringify(example), {}, name);
        await response.text();
        statuses.push(response.status);
      }
    }
    expect(statuses).toHaveLength(329);
    expect(new Set(statuses)).toEqual(new Set([202]));
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/sightline_deliveries_total\{outcome="accepted",event="pull_request"\} \d+/);
    expect(metrics).not.toContain('outcome="failed"');
  });

  it('does nothing for a delivery seen before', async () => {
    const server = await testServer(await openedStore(engine));
    const headers = { 'x-github-delivery': 'the-same' };
    expect(await (await deliver(server, OPENED, headers)).text()).toBe('accepted');
    expect(await (await deliver(server, OPENED, headers)).text()).toBe('duplicate');
  });

  it('answers 503, with no reason, when the store is gone', async () => {
    const store = await openedStore(engine);
    const server = await testServer(store);
    await store.database.run('alter table delivery rename to hidden');
    const response = await deliver(server, OPENED);
    expect([response.status, await response.text()]).toEqual([503, 'Not stored']);
    await store.database.run('alter table hidden rename to delivery');
    expect((await deliver(server, OPENED)).status).toBe(202);
  });
});

describe('hostile deliveries', () => {
  const refused: readonly {
    readonly name: string;
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  }[] = [
    { name: 'unsigned', status: 401, headers: { 'x-hub-signature-256': '' } },
    { name: 'signed with another secret', status: 401, headers: headersFor(OPENED, 'pull_request', 'development') },
    { name: 'signed over other bytes', status: 401, body: `${OPENED} `, headers: headersFor(OPENED, 'pull_request') },
    { name: 'with a cut signature', status: 401, headers: { 'x-hub-signature-256': 'sha256=00' } },
    { name: 'with SHA-1 alone', status: 401, headers: { 'x-hub-signature-256': '', 'x-hub-signature': 'sha1=00' } },
    { name: 'without an id', status: 400, headers: { 'x-github-delivery': '' } },
    { name: 'with an id of its own making', status: 400, headers: { 'x-github-delivery': "'; drop table work; --" } },
    { name: 'without an event', status: 400, headers: { 'x-github-event': '' } },
    { name: 'as a form', status: 415, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { name: 'that is no JSON', status: 400, body: 'payload=%7B%7D' },
    { name: 'that is a list', status: 400, body: '[1]' },
    { name: 'that is null', status: 400, body: 'null' },
    { name: 'that is empty', status: 400, body: '' },
    { name: 'nested too deep', status: 202, body: `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}` },
  ];

  onEachEngine((engine) => {
    it('leave nothing but a counter', async () => {
      const store = await openedStore(engine);
      const server = await testServer(store);
      const before = server.lines().length;
      for (const { name, status, headers, body = OPENED } of refused) {
        const response = await deliver(server, body, headers);
        expect([name, response.status]).toEqual([name, status]);
        expect(await response.text()).not.toContain('at ');
      }
      expect(await store.database.rows('select guid from delivery')).toEqual([]);
      expect(await store.database.rows('select key from work')).toEqual([]);
      expect(
        server
          .lines()
          .slice(before)
          .filter(({ level, sweep }) => level !== 'debug' && sweep === undefined),
      ).toEqual([]);
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toContain('sightline_refusals_total{status="401"} 5');
      expect((await deliver(server, OPENED)).status).toBe(202);
    });
  });

  onEachEngine((engine) => {
    it('are refused by their announced size before a byte of them is read', async () => {
      const server = await testServer(await openedStore(engine));
      const answer = await raw(server.port, [
        `POST ${SETTINGS.webhookPath} HTTP/1.1\r\nhost: x\r\ncontent-length: ${MAX_BODY_BYTES + 1}\r\n`,
        Object.entries(headersFor('', 'push'))
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join(''),
        '\r\n',
      ]);
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
    });

    it('are cut off when they grow beyond the limit without having said so', async () => {
      const server = await testServer(await openedStore(engine));
      const before = process.memoryUsage().rss;
      const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
      const answer = await raw(server.port, [
        `POST ${SETTINGS.webhookPath} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n`,
        Object.entries(headersFor('', 'push'))
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join(''),
        '\r\n',
        ...Array.from({ length: 40 }, () => chunk),
      ]);
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
      expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024);
    });
  });
});

/** Sends text over a bare connection and gives what came back until it was closed. */
function raw(port: number, parts: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
