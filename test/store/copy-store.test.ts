import { expect, inject, it } from 'vitest';
import { copyStore } from '../../src/store/copy-store.ts';
import type { Database } from '../../src/store/database.ts';
import type { Store } from '../../src/store/open-store.ts';
import { type Engine, onEachEngine, openedStore, postgres, sqlite } from './engines.ts';
import { delivery, pullRequest } from './samples.ts';

const LEASE = 60_000;
const TARGETS: readonly Engine[] = inject('postgresUrl') === '' ? [sqlite] : [sqlite, postgres];

/** One of everything, and enough of one thing for several pages. */
async function fill(store: Store): Promise<void> {
  const hint = { kind: 'requested_action', repositoryId: 7, number: 2, identifier: 'x', actorId: 1 } as const;
  await store.queue.accept(delivery('done'));
  const job = await store.queue.claim(1_000, LEASE);
  const record = Array.from({ length: 1_201 }, (_, at) => ({ at, kind: 'verdict', repositoryId: 7, data: { at } }));
  if (job) await store.queue.finish(job, [], record);
  await store.queue.accept(delivery('open', { marks: [pullRequest(2)], hints: [hint] }));
  await store.queue.pauseInstallation(9, 5_000);
  await store.cache.putMany('scan', new Map([['key', 'välue']]), 1);
  await store.state.write(
    { kind: 'override', repositoryId: 7, pullRequest: 1, name: 'a' },
    { version: 0, value: { b: 1 }, now: 1 },
  );
  await store.handles.assign({ prefix: 'F', repositoryId: 7, pullRequest: 1 }, ['a', 'b']);
}

onEachEngine((engine) => {
  it.each(TARGETS)('copies everything to $name, where it goes on', async (target) => {
    const from = await openedStore(engine);
    await fill(from);
    await from.queue.claim(1_000, LEASE);
    const to = await openedStore(target);
    const copied = await copyStore(from.database, to.database);
    expect(copied).toEqual({
      installation: 2,
      work: 2,
      delivery: 2,
      delivery_work: 1,
      hint: 1,
      cache: 1,
      ledger: 1_201,
      state: 1,
      handle: 2,
    });
    expect(await to.verifyLedger()).toEqual(await from.verifyLedger());
    expect(await to.ledger.read({ afterSeq: 1_200 })).toEqual(await from.ledger.read({ afterSeq: 1_200 }));
    expect(await to.cache.getMany('scan', ['key'])).toEqual(new Map([['key', 'välue']]));
    expect(await to.handles.assign({ prefix: 'F', repositoryId: 7, pullRequest: 1 }, ['c'])).toEqual(
      new Map([['c', 'F3']]),
    );
    // The lease of the old process does not count in the new store.
    expect(await to.queue.claim(1_000, LEASE)).toMatchObject({ key: 'pull_request/7/2', hints: [{ identifier: 'x' }] });
    expect(await to.queue.accept(delivery('done'))).toBe('duplicate');
    await to.ledger.append([{ at: 1, kind: 'verdict', repositoryId: 7, data: {} }]);
    expect(await to.verifyLedger()).toMatchObject({ intact: true, entries: 1_202 });
  });

  it('keeps nothing of a copy that is not the same as what it was made of', async () => {
    const [from, to] = [await openedStore(engine), await openedStore(engine)];
    await fill(from);
    const forgetful: Database = {
      ...to.database,
      transaction: (work) =>
        to.database.transaction((connection) =>
          work({
            ...connection,
            run: (sql, values) =>
              connection.run(
                sql,
                values?.map((each) => (each === 'välue' ? 'value' : each)),
              ),
          }),
        ),
    };
    await expect(copyStore(from.database, forgetful)).rejects.toMatchObject({
      code: 'differs',
      message: expect.stringContaining('table cache'),
    });
    expect(await to.database.rows('select key from work')).toEqual([]);
  });

  it('refuses a target that holds anything, and leaves it as it was', async () => {
    const [from, to] = [await openedStore(engine), await openedStore(engine)];
    await fill(from);
    await to.ledger.append([{ at: 1, kind: 'verdict', repositoryId: 7, data: {} }]);
    await expect(copyStore(from.database, to.database)).rejects.toMatchObject({ code: 'not_empty' });
    expect(await to.verifyLedger()).toMatchObject({ entries: 1 });
    expect(await to.database.rows('select key from work')).toEqual([]);
  });
});
