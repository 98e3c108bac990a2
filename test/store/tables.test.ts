import { describe, expect, it } from 'vitest';
import { onEachEngine, openedAt, openedStore } from './engines.ts';
import { delivery, pullRequest } from './samples.ts';

const DAY = 24 * 60 * 60_000;
const OVERRIDE = { kind: 'override', repositoryId: 7, pullRequest: 1, name: 'f00' };

onEachEngine((engine) => {
  describe('the cache', () => {
    it('gives back what it has, and nothing for the rest', async () => {
      const { cache } = await openedStore(engine);
      const entries = new Map(Array.from({ length: 700 }, (_, index) => [`key-${index}`, `value-${index}`]));
      await cache.putMany('scan', entries, 1);
      expect(await cache.getMany('scan', [...entries.keys(), 'key-0', 'unknown'])).toEqual(entries);
      expect(await cache.getMany('tree', ['key-0'])).toEqual(new Map());
      expect(await cache.getMany('scan', [])).toEqual(new Map());
    });

    it('takes the same entries from two processes at once', async () => {
      const location = await engine.fresh();
      const [one, two] = [await openedAt(location), await openedAt(location)];
      const entries = Array.from({ length: 50 }, (_, index) => [`key-${index}`, 'value'] as const);
      await Promise.all([
        one.cache.putMany('scan', new Map(entries), 1),
        two.cache.putMany('scan', new Map(entries.toReversed()), 1),
      ]);
      expect(
        (
          await one.cache.getMany(
            'scan',
            entries.map(([key]) => key),
          )
        ).size,
      ).toBe(50);
    });
  });

  describe('state', () => {
    it('lets one of two writers win', async () => {
      const { state, ledger } = await openedStore(engine);
      const record = [{ at: 5, kind: 'override.requested', repositoryId: 7, data: {} }];
      expect(await state.read(OVERRIDE)).toBeUndefined();
      expect(await state.write(OVERRIDE, { version: 0, value: { status: 'requested' }, now: 5, record })).toBe(true);
      expect(await state.write(OVERRIDE, { version: 0, value: { status: 'other' }, now: 6, record })).toBe(false);
      expect(await state.write(OVERRIDE, { version: 1, value: { status: 'approved' }, now: 7, endsAt: 99 })).toBe(true);
      expect(await state.write(OVERRIDE, { version: 1, value: { status: 'denied' }, now: 8, record })).toBe(false);
      const stored = { ...OVERRIDE, version: 2, value: { status: 'approved' }, changedAt: 7, endsAt: 99 };
      expect(await state.read(OVERRIDE)).toEqual(stored);
      expect(await ledger.read({})).toHaveLength(1);
    });

    it('lists by place and by end', async () => {
      const { state } = await openedStore(engine);
      for (const [number, endsAt] of [
        [1, 30],
        [2, 10],
        [3, 20],
      ] as const) {
        await state.write({ ...OVERRIDE, pullRequest: number }, { version: 0, value: number, endsAt, now: 1 });
      }
      await state.write({ ...OVERRIDE, pullRequest: 4 }, { version: 0, value: 4, now: 1 });
      const ending = await state.list({ kind: 'override', ending: { from: 10, to: 30 } });
      expect(ending.map(({ value }) => value)).toEqual([2, 3]);
      expect((await state.list({ kind: 'override', repositoryId: 7 })).map(({ value }) => value)).toEqual([1, 2, 3, 4]);
      expect(await state.list({ kind: 'override', repositoryId: 7, pullRequest: 4 })).toHaveLength(1);
      expect(await state.remove({ ...OVERRIDE, pullRequest: 4 }, 2)).toBe(false);
      expect(await state.remove({ ...OVERRIDE, pullRequest: 4 }, 1)).toBe(true);
      expect(await state.list({ kind: 'override', pullRequest: 4 })).toEqual([]);
    });
  });

  describe('handles', () => {
    const F = { prefix: 'F', repositoryId: 7, pullRequest: 1 };

    it('stay with their names', async () => {
      const { handles } = await openedStore(engine);
      expect(await handles.assign(F, ['a', 'b'])).toEqual(
        new Map([
          ['a', 'F1'],
          ['b', 'F2'],
        ]),
      );
      expect(await handles.assign(F, ['c', 'b', 'c'])).toEqual(
        new Map([
          ['c', 'F3'],
          ['b', 'F2'],
        ]),
      );
      expect(await handles.assign({ ...F, prefix: 'O' }, ['a'])).toEqual(new Map([['a', 'O1']]));
      expect(await handles.assign({ ...F, pullRequest: 2 }, ['b'])).toEqual(new Map([['b', 'F1']]));
    });

    it.each([
      ['F2', 'b'],
      ['F3', undefined],
      ['O1', undefined],
      ['F02', undefined],
      ['F99999999999999999999', undefined],
      ['', undefined],
    ])('%s stands for %s', async (handle, name) => {
      const { handles } = await openedStore(engine);
      await handles.assign(F, ['a', 'b']);
      expect(await handles.resolve(7, 1, handle)).toBe(name);
    });

    it('are not given twice by two processes', async () => {
      const location = await engine.fresh();
      const [one, two] = [await openedAt(location), await openedAt(location)];
      const given = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? one : two).handles.assign(F, [`name-${index}`])),
      );
      expect(new Set(given.flatMap((map) => [...map.values()])).size).toBe(10);
    });
  });

  it('gives a lock to one holder at a time', async () => {
    const { locks } = await openedStore(engine);
    expect(await locks.acquire('sweeps', 'a', 100, 200)).toBe(true);
    expect(await locks.acquire('sweeps', 'b', 150, 250)).toBe(false);
    expect(await locks.acquire('sweeps', 'a', 150, 300)).toBe(true);
    expect(await locks.acquire('sweeps', 'b', 250, 350)).toBe(false);
    expect(await locks.acquire('sweeps', 'b', 300, 400)).toBe(true);
    await locks.release('sweeps', 'a');
    expect(await locks.acquire('sweeps', 'c', 300, 400)).toBe(false);
    await locks.release('sweeps', 'b');
    expect(await locks.acquire('sweeps', 'c', 300, 400)).toBe(true);
  });

  it('removes what has been kept long enough, and nothing that is needed', async () => {
    const { queue, cache, ledger, prune, database } = await openedStore(engine);
    await queue.accept(delivery('old and done'));
    const job = await queue.claim(1_000, 1_000);
    if (job) await queue.finish(job, [], [{ at: 1, kind: 'verdict', repositoryId: 7, data: {} }]);
    await queue.accept(delivery('old and open', { marks: [pullRequest(2)] }));
    await queue.accept(delivery('new', { receivedAt: 100 * DAY, marks: [pullRequest(3)] }));
    await cache.putMany('scan', new Map([['old', '1']]), 1);
    await cache.putMany('scan', new Map([['new', '1']]), 100 * DAY);
    expect(await prune(100 * DAY)).toEqual({ deliveries: 1, cache: 1, finishedWork: 1 });
    expect(await prune(100 * DAY)).toEqual({ deliveries: 0, cache: 0, finishedWork: 0 });
    const guids = await database.rows('select guid from delivery order by guid');
    expect(guids.map(({ guid }) => guid)).toEqual(['new', 'old and open']);
    expect(await ledger.read({})).toHaveLength(1);
    expect(await queue.depth(200 * DAY)).toMatchObject({ due: 2 });
  });
});
