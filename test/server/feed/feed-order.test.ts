import { expect, it } from 'vitest';
import { COMMAND_AREAS } from '../../../src/command/commands.ts';
import { runCommandLine } from '../../../src/command/run-command-line.ts';
import { REPOSITORY_NAME_KIND } from '../../../src/github/repository-names.ts';
import { feedSweep } from '../../../src/server/feed/feed-sweep.ts';
import { type RunningSweeps, runSweeps } from '../../../src/server/run-sweeps.ts';
import { onEachEngine, openedAt, openedStore } from '../../store/engines.ts';
import { pullRequest } from '../../store/samples.ts';
import { eventually, plumbing } from '../fakes.ts';
import { begun, decision, FEED_SECRET, feedOn, START, VERDICT } from './feed-kit.ts';
import { startReceiver, status } from './receiver.ts';

/** What `sightline ledger export` prints of the store. */
async function exportOf(location: string): Promise<string> {
  let text = '';
  const context = {
    stdout: { write: (part: string) => (text += part) },
    stderr: { write: () => undefined },
    cwd: '/',
    env: location.startsWith('postgres') ? { DATABASE_URL: location } : { SIGHTLINE_STORE: location },
    now: () => new Date(START),
  };
  await runCommandLine(COMMAND_AREAS, context, ['ledger', 'export', '--format', 'jsonl']);
  return text;
}

onEachEngine((engine) => {
  it('begins at the end of the ledger, and sends what comes then in its order, each once', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    await store.ledger.append([decision(), decision()]);
    const fed = feedOn(store, receiver.url);
    await fed.tick();
    await store.ledger.append(Array.from({ length: 45 }, () => decision()));
    await fed.tick();
    expect(receiver.numbers()).toEqual(Array.from({ length: 45 }, (_, index) => index + 3));
    expect(await fed.tick()).toBe(false);
    expect(receiver.received).toHaveLength(45);
    expect(await fed.metrics()).toMatch(/^sightline_ledger_feed_sent_total 45$/m);
    expect(await fed.metrics()).toMatch(/^sightline_ledger_feed_waiting 0$/m);
  });

  it('sends decisions alone, or verdicts as well from the moment it is told', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const fed = await begun(store, receiver.url, 0);
    await store.ledger.append([VERDICT, decision({ kind: 'override.requested' }), VERDICT]);
    await fed.tick();
    expect(receiver.numbers()).toEqual([2]);
    expect(await fed.tick(), 'what is not to be sent is not looked at again').toBe(false);
    const all = feedOn(store, receiver.url, {
      feed: { url: receiver.url, secrets: [FEED_SECRET], kinds: 'all' },
    });
    expect(await all.tick()).toBe(false);
    await store.ledger.append([VERDICT]);
    await all.tick();
    expect(receiver.numbers()).toEqual([2, 4]);
  });

  it('says how much waits, and since when', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    receiver.answer = status(500);
    const fed = await begun(store, receiver.url, 3);
    await store.ledger.append([VERDICT]);
    fed.now += 90_000;
    await fed.tick();
    expect(await fed.metrics()).toMatch(/^sightline_ledger_feed_waiting 3$/m);
    expect(await fed.metrics()).toMatch(/^sightline_ledger_feed_oldest_age_seconds 90$/m);
  });

  it('says so while it sends, too', async () => {
    const store = await openedStore(engine);
    const receiver = await startReceiver();
    const fed = await begun(store, receiver.url, 45);
    const seen = new Set<string | undefined>();
    receiver.answer = async (response) => {
      seen.add(/^sightline_ledger_feed_waiting (\d+)$/m.exec(await fed.metrics())?.[1]);
      response.writeHead(200).end();
    };
    await fed.tick();
    expect([...seen]).toEqual(['45', '25', '5']);
  });

  it('is sent by one process at a time, whichever it is', async () => {
    const location = await engine.fresh();
    const receiver = await startReceiver();
    const stores = await Promise.all([1, 2, 3].map(() => openedAt(location)));
    const [first] = stores;
    if (!first) throw new Error('no store');
    await begun(first, receiver.url, 0);
    const runners: RunningSweeps[] = [];
    for (const store of stores) {
      const feed = { url: receiver.url, secrets: [FEED_SECRET], kinds: 'all' as const };
      const parts = { ...plumbing(), store, clock: Date.now };
      const sweep = feedSweep({ ...parts, feed, webUrl: 'https://github.com' });
      runners.push(runSweeps({ ...parts, sweeps: [sweep], lock: sweep.name, tickMs: 5 }));
    }
    for (let round = 0; round < 10; round += 1) {
      await first.ledger.append(Array.from({ length: 5 }, () => decision()));
      await eventually(() => receiver.received.length >= (round + 1) * 5);
    }
    await Promise.all(runners.map((runner) => runner.stop(1_000)));
    expect(receiver.numbers()).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('loses nothing and keeps the order where two processes send all the same', async () => {
    const location = await engine.fresh();
    const receiver = await startReceiver();
    const one = await begun(await openedAt(location), receiver.url, 30);
    const other = feedOn(await openedAt(location), receiver.url);
    await Promise.all([one.tick(), other.tick()]);
    await one.tick();
    const firsts = [...new Set(receiver.numbers())];
    expect(firsts).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set(receiver.ids()).size).toBe(30);
  });

  it('sends an entry as the export prints it, with its kind, its time and its pull request', async () => {
    const location = await engine.fresh();
    const store = await openedAt(location);
    const receiver = await startReceiver();
    const fed = await begun(store, receiver.url, 0);
    await store.queue.mark([pullRequest(9, { repositoryName: 'acme/widgets' }), pullRequest(10)], START);
    await store.cache.putMany(REPOSITORY_NAME_KIND, new Map([['8', 'acme/gadgets']]), START);
    const odd = { reason: 'ein "Zitat"\u2028 – 🙂 </script>', list: [1, null] };
    await store.ledger.append([
      decision({ data: odd }),
      decision({ repositoryId: 8, pullRequest: 2 }),
      decision({ repositoryId: 9 }),
    ]);
    await fed.tick();
    const bodies = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    const exported = await exportOf(location);
    expect(bodies.map(({ data }) => `${JSON.stringify(data)}\n`).join('')).toBe(exported);
    expect(bodies.map(({ type, timestamp, pullRequestUrl }) => ({ type, timestamp, pullRequestUrl }))).toEqual(
      [
        'https://github.example.com/acme/widgets/pull/1',
        'https://github.example.com/acme/gadgets/pull/2',
        undefined,
      ].map((pullRequestUrl) => ({ type: 'override.approved', timestamp: '2026-11-22T12:00:00.000Z', pullRequestUrl })),
    );
    expect(receiver.received[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
  });
});
