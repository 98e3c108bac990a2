import { expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { onEachEngine, openedAt, openedStore } from './engines.ts';
import { claimed, delivery, pullRequest } from './samples.ts';

const LEASE = 60_000;

async function outcomeOf({ database }: Store, guid: string): Promise<unknown> {
  const [row] = await database.rows('select outcome from delivery where guid = $1', [guid]);
  return row?.outcome;
}

/** Claims one job and fails it for good (stores of these tests allow one attempt). */
async function failOnce({ queue }: Store, now: number): Promise<void> {
  await queue.fail(await claimed(queue.claim(now, LEASE)), 'no use', now);
}

async function finishOnce({ queue }: Store, now: number): Promise<void> {
  await queue.finish(await claimed(queue.claim(now, LEASE)), []);
}

onEachEngine((engine) => {
  it('ignores a delivery that it has, before and after its work is done', async () => {
    const store = await openedStore(engine);
    await store.queue.accept(delivery('a'));
    expect(await store.queue.accept(delivery('a'))).toBe('duplicate');
    await finishOnce(store, 1_000);
    expect(await outcomeOf(store, 'a')).toBe('done');
    expect(await store.queue.accept(delivery('a'))).toBe('duplicate');
    expect(await store.queue.claim(1_000_000, LEASE)).toBeUndefined();
  });

  it('works a redelivery of one that failed', async () => {
    const store = await openedStore(engine, { maxAttempts: 1 });
    await store.queue.accept(delivery('a'));
    await failOnce(store, 1_000);
    expect(await outcomeOf(store, 'a')).toBe('failed');
    expect(await store.queue.accept(delivery('a', { receivedAt: 5_000 }))).toBe('accepted');
    expect(await outcomeOf(store, 'a')).toBe('accepted');
    await finishOnce(store, 5_000);
    expect(await outcomeOf(store, 'a')).toBe('done');
    expect(await store.queue.depth(5_000)).toMatchObject({ dead: 0 });
  });

  it('is done with a delivery when all of its work is', async () => {
    const store = await openedStore(engine);
    await store.queue.accept(delivery('a', { marks: [pullRequest(1), pullRequest(2)] }));
    await finishOnce(store, 1_000);
    expect(await outcomeOf(store, 'a')).toBe('accepted');
    await finishOnce(store, 1_000);
    expect(await outcomeOf(store, 'a')).toBe('done');
  });

  it('closes what a later event revived', async () => {
    const store = await openedStore(engine, { maxAttempts: 1 });
    await store.queue.accept(delivery('a'));
    await failOnce(store, 1_000);
    await store.queue.accept(delivery('b', { receivedAt: 5_000 }));
    await finishOnce(store, 5_000);
    expect([await outcomeOf(store, 'a'), await outcomeOf(store, 'b')]).toEqual(['done', 'done']);
  });

  it('leaves open what came during the run', async () => {
    const store = await openedStore(engine);
    await store.queue.accept(delivery('a'));
    const job = await store.queue.claim(1_000, LEASE);
    await store.queue.accept(delivery('b'));
    if (job) await store.queue.finish(job, []);
    expect([await outcomeOf(store, 'a'), await outcomeOf(store, 'b')]).toEqual(['done', 'accepted']);
  });

  it('closes a delivery whose two jobs end at the same moment', async () => {
    const store = await openedStore(engine);
    for (let round = 0; round < 10; round += 1) {
      const marks = [pullRequest(1), pullRequest(2)];
      await store.queue.accept(delivery(`round ${round}`, { marks }));
      const jobs = [await store.queue.claim(1_000, LEASE), await store.queue.claim(1_000, LEASE)];
      await Promise.all(jobs.map((job) => job && store.queue.finish(job, [])));
      expect(await outcomeOf(store, `round ${round}`)).toBe('done');
    }
  });

  it('takes many at the same moment, each once, whichever process they come to', async () => {
    const location = await engine.fresh();
    const stores = await Promise.all([1, 2].map(() => openedAt(location)));
    const hint = (actorId: number) =>
      ({ kind: 'requested_action', repositoryId: 7, number: 1, identifier: 'x', actorId }) as const;
    // Two copies of each, one to each process and in opposite orders, over ten pull requests.
    const all = Array.from({ length: 70 }, (_, index) =>
      delivery(`guid ${index}`, {
        marks: [pullRequest(index % 10), pullRequest((index + 3) % 10)],
        hints: [hint(index)],
      }),
    );
    const outcomes = await Promise.all(
      stores.flatMap(({ queue }, which) => (which === 0 ? all : all.toReversed()).map((one) => queue.accept(one))),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(all.length);
    const [store] = stores as [Store];
    const hints: unknown[] = [];
    for (let job = await store.queue.claim(2_000, LEASE); job; job = await store.queue.claim(2_000, LEASE)) {
      hints.push(...job.hints.map(({ actorId }) => actorId));
      await store.queue.finish(
        job,
        job.hints.map(({ id }) => id),
      );
    }
    expect(hints.toSorted((a, b) => Number(a) - Number(b))).toEqual(all.map((_, index) => index));
    const open = await store.database.rows(`select guid from delivery where outcome <> 'done'`);
    expect(open).toEqual([]);
  });

  it('stores nothing of a delivery that cannot be stored whole', async () => {
    const store = await openedStore(engine);
    await store.database.run('alter table hint rename to hidden');
    const hint = { kind: 'requested_action', repositoryId: 7, number: 1, identifier: 'x', actorId: 1 } as const;
    await expect(store.queue.accept(delivery('a', { hints: [hint] }))).rejects.toThrow('hint');
    expect(await store.database.rows('select guid from delivery')).toEqual([]);
    expect(await store.database.rows('select key from work')).toEqual([]);
  });
});
