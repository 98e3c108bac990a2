import { expect, it } from 'vitest';
import { feedSweep } from '../../../src/server/feed/feed-sweep.ts';
import { runSweeps } from '../../../src/server/run-sweeps.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { onEachEngine, openedStore } from '../../store/engines.ts';
import { eventually, plumbing } from '../fakes.ts';
import { testServer } from '../test-server.ts';
import { begun, decision, FEED_SECRET, feedOn } from './feed-kit.ts';
import { type Receiver, startReceiver, status } from './receiver.ts';

const HOUR_MS = 60 * 60_000;

/** The same store, which dies when the cursor is to be moved. */
function dying(store: Store): Store {
  return { ...store, state: { ...store.state, write: () => Promise.reject(new Error('the process died here')) } };
}

onEachEngine((engine) => {
  it('sends an entry again under the same id after a crash between its sending and the cursor', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    await begun(store, receiver.url, 2);
    await expect(feedOn(dying(store), receiver.url).tick()).rejects.toThrow('died here');
    await feedOn(store, receiver.url).tick();
    expect(receiver.numbers()).toEqual([1, 1, 2]);
    const [first, again] = receiver.received;
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
  });

  it('waits for a receiver that is down for hours, asks seldom, says what to do, and then sends all in order', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const isDown: Receiver['answer'] = (response) => void response.destroy();
    receiver.answer = isDown;
    const fed = await begun(store, receiver.url, 3);
    await fed.pass(6 * HOUR_MS, 5 * 60_000);
    await store.ledger.append([decision()]);
    const attempts = receiver.numbers();
    expect(new Set(attempts)).toEqual(new Set([1]));
    expect(attempts.length).toBeGreaterThan(6);
    expect(attempts.length).toBeLessThan(25);
    const last = fed.lines().at(-1);
    expect(last).toMatchObject({ level: 'error', status: 0, seq: 1, advice: expect.stringContaining('doctor') });
    expect(last?.msg).toContain('has not been taken for long; entries wait in the ledger');
    receiver.answer = status(204);
    await fed.pass(HOUR_MS, 5 * 60_000);
    expect(receiver.numbers().slice(attempts.length)).toEqual([1, 2, 3, 4]);
    const again = fed.lines().filter(({ msg }) => msg === 'the ledger feed is taken again');
    expect(again).toEqual([expect.objectContaining({ level: 'info', seq: 1 })]);
  });

  it.each([
    [302, /Redirects are not followed/],
    [400, /answer 2xx to what it cannot use/],
    [401, /LEDGER_FEED_SECRET/],
    [404, /Correct LEDGER_FEED_URL/],
    [413, /larger/],
    [429, /fewer/],
    [503, /log of the receiver/],
  ])('keeps what is answered with %i, and tries it again later', async (code, advice) => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const elsewhere = await startReceiver();
    receiver.answer = status(code, { location: elsewhere.url });
    const fed = await begun(store, receiver.url, 2);
    await fed.tick();
    expect(await fed.tick()).toBe(false);
    expect(receiver.numbers()).toEqual([1]);
    expect(fed.lines().at(-1)).toMatchObject({ level: 'warn', status: code, advice: expect.stringMatching(advice) });
    expect(await fed.metrics()).toContain(`sightline_ledger_feed_failures_total{status="${code}"} 1`);
    receiver.answer = status(200);
    fed.now += 5_000;
    await fed.tick();
    expect(receiver.numbers()).toEqual([1, 1, 2]);
    expect(elsewhere.received).toEqual([]);
  });

  it('does not call before the time that the receiver asks for, up to an hour', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const fed = await begun(store, receiver.url, 1);
    receiver.answer = status(429, { 'retry-after': '1800' });
    await fed.tick();
    fed.now += 1_799_000;
    expect(await fed.tick()).toBe(false);
    fed.now += 1_000;
    receiver.answer = status(503, { 'retry-after': new Date(fed.now + 24 * HOUR_MS).toUTCString() });
    expect(await fed.tick()).toBe(true);
    fed.now += HOUR_MS - 1_000;
    expect(await fed.tick()).toBe(false);
    fed.now += 1_000;
    expect(await fed.tick()).toBe(true);
  });

  it('ends at 410 and says so, keeps what waits, and tries once when a process starts anew', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    receiver.answer = status(410);
    const fed = await begun(store, receiver.url, 1);
    await fed.tick();
    await fed.pass(48 * HOUR_MS, HOUR_MS);
    expect(receiver.received).toHaveLength(1);
    expect(fed.lines().at(-1)).toMatchObject({ level: 'error', status: 410, advice: expect.stringMatching(/restart/) });
    expect(await fed.metrics()).toMatch(/^sightline_ledger_feed_waiting 1$/m);
    const successor = await startReceiver();
    const beside = feedOn(store, successor.url);
    beside.now = fed.now;
    expect(await beside.tick(), 'a process that ran before the receiver said so').toBe(false);
    const anew = feedOn(store, successor.url, { since: fed.now });
    await anew.tick();
    expect(successor.numbers()).toEqual([1]);
    expect(await anew.tick()).toBe(false);
  });

  it('gives up on a receiver that does not answer, or not to the end, and tries again', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const fed = await begun(store, receiver.url, 1, { timeoutMs: 100 });
    receiver.answer = () => undefined;
    await fed.tick();
    expect(fed.lines().at(-1)).toMatchObject({ status: 0, why: 'it did not answer within 0.1 s' });
    fed.now += HOUR_MS;
    receiver.answer = (response) => void response.socket?.end('HTTP/1.1 20');
    await fed.tick();
    expect(fed.lines().at(-1)).toMatchObject({ status: 0, why: expect.stringMatching(/^no answer: /) });
    fed.now += HOUR_MS;
    receiver.answer = status(200);
    await fed.tick();
    expect(new Set(receiver.ids()).size).toBe(1);
    expect(receiver.received).toHaveLength(3);
  });

  it('takes the status for the answer, and does not read a content without end', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const closed: boolean[] = [];
    receiver.answer = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => {
        clearInterval(timer);
        closed.push(true);
      });
    };
    const fed = await begun(store, receiver.url, 1);
    await fed.tick();
    expect(await fed.tick()).toBe(false);
    await eventually(() => closed.length === 1);
  });

  it('holds up no other sweep, and no end of the process', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    receiver.answer = () => undefined;
    await begun(store, receiver.url, 1);
    const feed = { url: receiver.url, secrets: [FEED_SECRET], kinds: 'overrides' as const };
    const parts = { ...plumbing(), store, clock: Date.now };
    const server = await testServer(store, { feed: feedSweep({ ...parts, feed, webUrl: 'https://github.com' }) });
    await eventually(() => receiver.received.length === 1);
    let ran = false;
    const other = {
      name: 'other',
      everyMs: 0,
      async run() {
        ran = true;
      },
    };
    const sweeps = runSweeps({ ...parts, sweeps: [other], tickMs: 10 });
    await eventually(() => ran);
    await sweeps.stop(1_000);
    await server.stop();
    expect(receiver.received).toHaveLength(1);
  });

  it('lets no secret and no path of the address into the log', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    receiver.answer = status(500);
    const feed = { url: `${receiver.url}?sig=7RkQmZ1pVw`, secrets: [FEED_SECRET], kinds: 'all' as const };
    const fed = await begun(store, feed.url, 1, { feed });
    await fed.tick();
    const text = JSON.stringify(fed.lines());
    expect(text).toContain('the ledger feed was not taken');
    for (const secret of ['a-path-that-is', '7RkQmZ1pVw', FEED_SECRET.slice(6)]) expect(text).not.toContain(secret);
  });
});
