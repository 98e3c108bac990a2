import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CheckResult, DoctorContext } from '../../../src/server/doctor/check.ts';
import { checkFeed } from '../../../src/server/doctor/check-feed.ts';
import { onEachEngine, openedAt, sqlite } from '../../store/engines.ts';
import { findFreePort } from '../../support/find-free-port.ts';
import { begun, FEED_SECRET, feedOn, START } from './feed-kit.ts';
import { startReceiver, status } from './receiver.ts';

const MINUTE_MS = 60_000;

function check(store: string, url: string | undefined, now = START): Promise<readonly CheckResult[]> {
  const feed = url === undefined ? {} : { feed: { url, secrets: [FEED_SECRET], kinds: 'overrides' } };
  return checkFeed.run({ settings: { store, ...feed }, now: () => now } as unknown as DoctorContext);
}

onEachEngine((engine) => {
  it('says how far the feed has come, and sends nothing', async () => {
    const location = await engine.fresh();
    const store = await openedAt(location);
    const receiver = await startReceiver();
    const levels = async (now?: number) => (await check(location, receiver.url, now)).map(({ level }) => level);
    const last = async (now?: number) => (await check(location, receiver.url, now)).at(-1);
    expect(await last()).toMatchObject({ level: 'ok', what: expect.stringContaining('begins when the server starts') });
    await begun(store, receiver.url, 0);
    expect(await check(location, receiver.url)).toEqual([
      { level: 'ok', what: `Decisions on overrides go to ${new URL(receiver.url).origin}, the path not shown` },
      { level: 'ok', what: 'It can be reached' },
      { level: 'ok', what: 'Everything is sent' },
    ]);
    const left = await begun(store, receiver.url, 2);
    expect(await last()).toEqual({ level: 'ok', what: '2 entries wait, not for long' });
    expect(await last(START + 20 * MINUTE_MS)).toMatchObject({
      level: 'warning',
      what: '2 entries wait, the oldest for 20 min',
    });
    expect(receiver.received).toEqual([]);
    receiver.answer = status(410);
    await left.tick();
    expect(await last()).toMatchObject({
      level: 'problem',
      what: 'It is not taken since 2026-11-22T12:00:00.000Z: it answered 410; 2 entries wait',
      remedy: expect.stringContaining('restart'),
    });
    receiver.answer = status(200);
    await feedOn(store, receiver.url, { since: START + MINUTE_MS }).tick();
    expect(await levels()).toEqual(['ok', 'ok', 'ok']);
  });
});

it('says that it is off, without looking further', async () => {
  expect(await check('/nowhere', undefined)).toEqual([{ level: 'ok', what: 'It is off: LEDGER_FEED_URL is not set' }]);
});

it.each([
  ['nobody listens at', async () => `http://127.0.0.1:${await findFreePort()}/x`],
  ['speaks no TLS', async () => (await startReceiver()).url.replace('http:', 'https:')],
])('says of a receiver that %s what to do', async (_, address) => {
  const [, reached] = await check(join(await sqlite.fresh(), 'none'), await address());
  expect(reached).toMatchObject({
    level: 'problem',
    what: expect.stringMatching(/^https?:\/\/127\.0\.0\.1:\d+ cannot be reached from here: \S/),
    remedy: expect.stringContaining('LEDGER_FEED_URL'),
  });
});
