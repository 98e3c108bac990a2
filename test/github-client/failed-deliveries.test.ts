import { beforeEach, expect, it } from 'vitest';
import type { Delivery } from '../github/deliveries.ts';
import { eachWithTestApp } from './each-with-test-app.ts';
import type { TestApp } from './test-app.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let app: TestApp;
/** GUIDs in the order in which GitHub was asked to send them again. */
let asked: string[];
/** Whether what GitHub sends reaches us. */
let isUp: boolean;

eachWithTestApp({}, (started) => {
  app = started;
});

beforeEach(() => {
  asked = [];
  isUp = false;
  app.scene.github.deliveries.redeliver = (_, { guid }) => {
    asked.push(guid);
    attempt(guid, isUp ? 200 : 502);
  };
});

/** One attempt at a delivery in GitHub's log. */
function attempt(guid: string, statusCode: number, deliveredAt = app.time): void {
  const { log } = app.scene.github.deliveries;
  const delivery: Delivery = {
    id: log.length + 1,
    guid,
    appId: app.scene.app.id,
    event: 'issue_comment',
    action: 'created',
    installationId: app.scene.installation.id,
    repositoryId: null,
    deliveredAt,
    redelivery: log.some((each) => each.guid === guid),
    url: '',
    requestHeaders: {},
    body: '{}',
    duration: 1,
    status: statusCode === 200 ? 'OK' : `Invalid HTTP Response: ${statusCode}`,
    statusCode,
    responseHeaders: {},
    responseBody: '',
  };
  log.push(delivery);
}

async function sweep(): Promise<void> {
  const found = app.sweeps.find(({ name }) => name === 'failed_deliveries');
  const log = { info() {}, warn() {} };
  await found?.run({ now: app.time, signal: new AbortController().signal, log: log as never });
}

async function sweepFor(milliseconds: number, everyMs = 10 * MINUTE_MS): Promise<void> {
  const end = app.time + milliseconds;
  while (app.time < end) {
    app.time += everyMs;
    await sweep();
  }
}

it('asks for what did not reach us, and for nothing that did', async () => {
  attempt('lost', 500, app.time - MINUTE_MS);
  attempt('late', 500, app.time - MINUTE_MS);
  attempt('late', 200, app.time - MINUTE_MS + 1);
  attempt('fine', 200, app.time - MINUTE_MS);
  isUp = true;
  await sweep();
  await sweep();
  await sweepFor(HOUR_MS);
  expect(asked).toEqual(['lost']);
});

it('goes on asking, less and less often, until it arrives, however long nothing does', async () => {
  attempt('lost', 502);
  await sweepFor(8 * HOUR_MS, HOUR_MS / 3);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.length).toBeLessThan(12);
  isUp = true;
  const before = asked.length;
  await sweepFor(24 * HOUR_MS, HOUR_MS);
  expect(asked.length).toBe(before + 1);
});

it('does not ask for what GitHub does not keep any more, and forgets it', async () => {
  attempt('hopeless', 401);
  await sweepFor(3.2 * 24 * HOUR_MS, 4 * HOUR_MS);
  const before = asked.length;
  await sweepFor(12 * HOUR_MS, 2 * HOUR_MS);
  expect(asked.length).toBe(before);
  expect(await app.store.state.list({ kind: 'redelivery' })).toEqual([]);
});

it('finds what failed first, in an outage longer than one sweep can read through', async () => {
  attempt('first', 502, app.time - HOUR_MS);
  for (let index = 0; index < 5_500; index += 1) attempt(`good ${index}`, 200, app.time - 30 * MINUTE_MS);
  isUp = true;
  await sweep();
  expect(asked).toEqual([]);
  app.time += 5 * MINUTE_MS;
  attempt('another', 502);
  await sweep();
  expect([...asked].sort()).toEqual(['another', 'first']);
});

it('asks for so many at a time, the most overdue first, and for the others after them', async () => {
  for (let index = 0; index < 250; index += 1) attempt(`lost ${index}`, 502, app.time - MINUTE_MS);
  isUp = true;
  await sweep();
  expect(asked.length).toBe(200);
  app.time += 5 * MINUTE_MS;
  await sweep();
  expect(new Set(asked).size).toBe(250);
  await sweepFor(HOUR_MS);
  expect(asked.length).toBe(250);
});
