import { describe, expect, it } from 'vitest';
import type { LedgerDraft } from '../../src/store/ports.ts';
import { onEachEngine, openedAt, openedStore } from './engines.ts';

function draft(at: number, over: Partial<LedgerDraft> = {}): LedgerDraft {
  return { at, kind: 'verdict', repositoryId: 7, pullRequest: 1, data: { outcome: 'pass', at }, ...over };
}

onEachEngine((engine) => {
  it('numbers its entries and chains their hashes', async () => {
    const { ledger, verifyLedger } = await openedStore(engine);
    const [first, second] = await ledger.append([draft(1), draft(2)]);
    const [third] = await ledger.append([draft(3)]);
    expect([first?.seq, second?.seq, third?.seq]).toEqual([1, 2, 3]);
    expect([second?.previousHash, third?.previousHash]).toEqual([first?.hash, second?.hash]);
    expect(await verifyLedger()).toEqual({ intact: true, entries: 3, head: { seq: 3, hash: third?.hash } });
  });

  it('gives back what was appended, by repository, pull request, kind and place', async () => {
    const { ledger } = await openedStore(engine);
    const odd = { text: 'ein "Zitat"\u0000\u2028 – 🙂', list: [1, null, true] };
    const entries = await ledger.append([
      draft(1),
      draft(2, { pullRequest: 2, kind: 'override.approved', actorId: 12, data: odd }),
      { at: 3, kind: 'policy', repositoryId: 8, data: null },
    ]);
    expect(await ledger.read({})).toEqual(entries);
    expect(await ledger.read({ repositoryId: 7, pullRequest: 2 })).toEqual([entries[1]]);
    expect(await ledger.read({ kinds: ['policy', 'verdict'] })).toEqual([entries[0], entries[2]]);
    expect(await ledger.read({ kinds: [] })).toEqual([]);
    expect(await ledger.read({ afterSeq: 1, limit: 1 })).toEqual([entries[1]]);
  });

  it('says how many entries there are, since when, and where it ends', async () => {
    const { ledger } = await openedStore(engine);
    expect(await ledger.head()).toEqual({ seq: 0, hash: '' });
    expect(await ledger.measure({ limit: 9 })).toEqual({ entries: 0 });
    const entries = await ledger.append([draft(3), draft(2, { kind: 'override.denied' }), draft(5)]);
    expect(await ledger.head()).toEqual({ seq: 3, hash: entries[2]?.hash });
    expect(await ledger.measure({ limit: 9 })).toEqual({ entries: 3, oldestAt: 2 });
    expect(await ledger.measure({ kinds: ['verdict'], afterSeq: 1, limit: 9 })).toEqual({ entries: 1, oldestAt: 5 });
    expect(await ledger.measure({ limit: 2 })).toMatchObject({ entries: 2 });
    expect(await ledger.measure({ repositoryId: 8, limit: 9 })).toEqual({ entries: 0 });
  });

  it('stays one chain when several processes append at once', async () => {
    const location = await engine.fresh();
    const stores = await Promise.all([1, 2, 3].map(() => openedAt(location)));
    const appends = stores.flatMap(({ ledger }, process) =>
      Array.from({ length: 20 }, (_, index) => ledger.append([draft(index, { actorId: process + 1 })])),
    );
    await Promise.all(appends);
    expect(await stores[0]?.verifyLedger()).toMatchObject({ intact: true, entries: 60 });
  });

  it('verifies chains that are longer than a page', async () => {
    const { ledger, verifyLedger } = await openedStore(engine);
    await ledger.append(Array.from({ length: 2_001 }, (_, index) => draft(index)));
    expect(await verifyLedger()).toMatchObject({ intact: true, entries: 2_001 });
  });

  it('refuses to change or delete an entry', async () => {
    const { ledger, database } = await openedStore(engine);
    await ledger.append([draft(1)]);
    await expect(database.run('update ledger set at = 5')).rejects.toThrow('append-only');
    await expect(database.run('delete from ledger')).rejects.toThrow('append-only');
  });

  describe('notices that somebody got around that', () => {
    const tampering = [
      {
        name: 'an entry changed',
        sql: [`update ledger set data = '{"outcome":"fail"}' where seq = 2`],
        seq: 2,
        reason: /content was changed/,
      },
      { name: 'an entry removed', sql: ['delete from ledger where seq = 2'], seq: 3, reason: /entry 2 is missing/ },
      { name: 'the end cut off', sql: ['delete from ledger where seq = 3'], seq: 2, reason: /ends at 2, but 3/ },
      {
        name: 'the actor changed',
        sql: ['update ledger set actor_id = 5 where seq = 1'],
        seq: 1,
        reason: /content was changed/,
      },
    ];

    it.each(tampering)('$name', async ({ sql, seq, reason }) => {
      const { ledger, database, verifyLedger } = await openedStore(engine);
      await ledger.append([draft(1), draft(2), draft(3)]);
      await unlock(database);
      for (const statement of sql) await database.run(statement);
      expect(await verifyLedger()).toEqual({ intact: false, seq, reason: expect.stringMatching(reason) });
    });

    it('the whole chain rebuilt, with an entry noted elsewhere', async () => {
      const { ledger, database, verifyLedger } = await openedStore(engine);
      const [noted] = await ledger.append([draft(1)]);
      await unlock(database);
      await database.run('delete from ledger');
      await database.run(`update ledger_head set seq = 0, hash = ''`);
      await ledger.append([draft(1, { kind: 'another' })]);
      expect(await verifyLedger()).toMatchObject({ intact: true });
      expect(await verifyLedger(noted)).toEqual({ intact: false, seq: 1, reason: expect.stringContaining('noted') });
    });
  });
});

/** What somebody with the database's password can do. */
async function unlock(database: { readonly dialect: string; script(sql: string): Promise<void> }): Promise<void> {
  await database.script(
    database.dialect === 'sqlite'
      ? 'drop trigger ledger_no_update; drop trigger ledger_no_delete'
      : 'drop trigger ledger_append_only on ledger',
  );
}
