import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createHttpServer, listen } from '../../src/server/http-server.ts';
import { bodyReader } from '../../src/server/read-body.ts';
import { onEachEngine, openedStore, sqlite } from '../store/engines.ts';
import { readableLog } from './fakes.ts';
import { deliver, SETTINGS, testServer } from './test-server.ts';

const PING = JSON.stringify({ zen: 'Anything added dilutes everything else.' });

onEachEngine((engine) => {
  it('is ready only while its store answers', async () => {
    const store = await openedStore(engine);
    let now = 0;
    const server = await testServer(store, { clock: () => now });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await store.database.run('alter table schema_version rename to hidden');
    now += 2_000;
    const response = await fetch(`${server.url}/readyz`);
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringContaining('The store refused an operation.'),
    ]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await store.database.run('alter table hidden rename to schema_version');
    now += 2_000;
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('sightline_store_up 1');
  });

  it('answers what it has begun when it is told to stop, and nothing after', async () => {
    const server = await testServer(await openedStore(engine));
    const answers = Promise.all(Array.from({ length: 20 }, () => deliver(server, PING, {}, 'ping')));
    const statuses = (await answers).map(({ status }) => status);
    await Promise.all([server.stop(), server.stop()]);
    expect(new Set(statuses)).toEqual(new Set([202]));
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    expect(server.lines().at(-1)).toMatchObject({ msg: 'stopped' });
  });
});

it('asks for the token of the metrics, if there is one', async () => {
  const settings = { ...SETTINGS, metricsToken: 'for metrics' };
  const { url } = await testServer(await openedStore(sqlite), { settings });
  const ask = async (headers: Record<string, string>) => (await fetch(`${url}/metrics`, { headers })).status;
  expect(await ask({})).toBe(401);
  expect(await ask({ authorization: 'Bearer for metric' })).toBe(401);
  expect(await ask({ authorization: 'Bearer for metrics' })).toBe(200);
});

it('accepts the secret before the present one while they are changed', async () => {
  const settings = { ...SETTINGS, webhookSecrets: ['the new one', ...SETTINGS.webhookSecrets] };
  const server = await testServer(await openedStore(sqlite), { settings });
  expect((await deliver(server, PING, {}, 'ping')).status).toBe(202);
});

it('gives other paths to the pages, and hides what goes wrong in them', async () => {
  const pages = ({ url }: { readonly url?: string | undefined }, response: { end(text: string): unknown }) => {
    if (url === '/broken') throw new Error('password=hunter2');
    return response.end('a page');
  };
  const { url, lines } = await testServer(await openedStore(sqlite), { pages });
  expect(await (await fetch(`${url}/register?x=1`)).text()).toBe('a page');
  const broken = await fetch(`${url}/broken`);
  expect([broken.status, await broken.text()]).toEqual([500, '']);
  expect(lines()).toContainEqual(expect.objectContaining({ msg: 'request failed', path: '/broken' }));
});

it('says which address is taken', async () => {
  const parts = { webhookPath: '/', ingress: () => undefined, health: async () => false, log: readableLog().log };
  const first = await listen(createHttpServer(parts), '127.0.0.1', 0);
  onTestFinished(() => first.close());
  await expect(listen(createHttpServer(parts), '127.0.0.1', first.port)).rejects.toThrow('set another PORT');
});

it.each([
  ['headers', 'GET /healthz HTTP/1.1\r\nhost: x\r\n', 'a: b\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n', 'x'],
])('ends the connection of who sends %s drop by drop, however long he goes on', async (_, beginning, drop) => {
  const read = bodyReader();
  const parts = { webhookPath: '/', ingress: read, health: async () => false, log: readableLog().log };
  const timeouts = { headersMs: 100, requestMs: 100, checkMs: 20 };
  const server = await listen(createHttpServer({ ...parts, timeouts }), '127.0.0.1', 0);
  onTestFinished(() => server.close());
  const socket = connect(server.port, '127.0.0.1', () => socket.write(beginning));
  const dripping = setInterval(() => socket.write(drop), 10);
  await new Promise<void>((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
  clearInterval(dripping);
});

it('bounds the time that a request may take, headers and all', () => {
  const server = createHttpServer({
    webhookPath: '/',
    ingress: () => undefined,
    health: async () => false,
    log: readableLog().log,
  });
  expect([server.headersTimeout, server.requestTimeout, server.maxConnections]).toEqual([10_000, 15_000, 2_000]);
});

it('survives connections that speak something else, or break off', async () => {
  const server = await testServer(await openedStore(sqlite));
  const path = SETTINGS.webhookPath;
  const garbage = [
    '\u0016\u0003\u0001',
    'GET / HTTP/9.9\r\n\r\n',
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{`,
  ];
  for (const text of garbage) {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(text));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
    });
  }
  expect((await deliver(server, PING, {}, 'ping')).status).toBe(202);
});
