import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { ADVISORY_LOCK } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openedAt, openedStore, postgres, sqlite } from './engines.ts';
import { delivery } from './samples.ts';

const NONE = inject('postgresUrl') === '';

function storeError(code: string, advice: string) {
  return expect.objectContaining({ name: 'StoreError', code, message: expect.stringContaining(advice) });
}

describe('an SQLite store', () => {
  it('that is no database is reported as such, and left as it is', async () => {
    const location = await sqlite.fresh();
    writeFileSync(location, 'not a database, but long enough to look like one. '.repeat(100));
    const before = readFileSync(location);
    await expect(openStore(location)).rejects.toEqual(storeError('corrupt', 'restore a backup'));
    expect(readFileSync(location)).toEqual(before);
  });

  it('that is damaged in the middle is reported when the damage is met', async () => {
    const location = await sqlite.fresh();
    const store = await openStore(location);
    await store.cache.putMany('scan', new Map(Array.from({ length: 500 }, (_, i) => [`key ${i}`, 'x'.repeat(500)])), 1);
    await store.database.script('pragma wal_checkpoint(truncate)');
    await store.close();
    damage(location);
    const read = async () => {
      const damaged = await openedAt(location);
      return damaged.database.rows('select * from cache');
    };
    await expect(read()).rejects.toEqual(storeError('corrupt', 'restore a backup'));
  });

  it('whose place is taken by a folder cannot be opened', async () => {
    const location = await sqlite.fresh();
    mkdirSync(location);
    await expect(openStore(location)).rejects.toEqual(storeError('cannot_open', location));
  });

  it('on a full disk takes nothing, says so, and goes on when there is room', async () => {
    const store = await openedStore(sqlite);
    const [size] = await store.database.rows('pragma page_count');
    await store.database.rows(`pragma max_page_count = ${Number(size?.page_count) + 2}`);
    const big = delivery('big', { action: 'x'.repeat(100_000) });
    await expect(store.queue.accept(big)).rejects.toEqual(storeError('full', 'Make room'));
    expect(await store.database.rows('select guid from delivery')).toEqual([]);
    expect(await store.queue.accept(delivery('small'))).toBe('accepted');
    await store.database.rows('pragma max_page_count = 100000');
    expect(await store.queue.accept(big)).toBe('accepted');
  });

  // Older versions of SQLite cannot even read in WAL mode what they may not write to: https://www.sqlite.org/wal.html#readonly
  it.each([
    { what: 'file', fileMode: 0o444, folderMode: 0o777 },
    { what: 'folder', fileMode: 0o666, folderMode: 0o555 },
  ])('whose $what is read-only says so', async ({ fileMode, folderMode }) => {
    const location = await sqlite.fresh();
    await (await openStore(location)).close();
    chmodSync(location, fileMode);
    chmodSync(dirname(location), folderMode);
    const refusal = expect.objectContaining({
      name: 'StoreError',
      code: expect.stringMatching(/^(cannot_open|read_only)$/),
      advice: expect.stringContaining('writ'),
    });
    await asOrdinaryUser(() => expect(openStore(location)).rejects.toEqual(refusal));
    chmodSync(dirname(location), 0o755);
  });

  it('that became read-only while it was open takes nothing, and goes on when it can be written again', async () => {
    const store = await openedStore(sqlite);
    await store.database.rows('pragma query_only = 1');
    await expect(store.queue.accept(delivery('a'))).rejects.toEqual(storeError('read_only', 'writable'));
    await store.database.rows('pragma query_only = 0');
    expect(await store.queue.accept(delivery('a'))).toBe('accepted');
  });
});

describe('a PostgreSQL store', () => {
  it('that cannot be reached is reported without its password', async () => {
    const location = 'postgres://me:hunter2hunter2@127.0.0.1:1/nowhere';
    await expect(openStore(location)).rejects.toEqual(storeError('unreachable', '127.0.0.1:1/nowhere'));
    await expect(openStore(location)).rejects.not.toThrow('hunter2');
    await expect(openStore('postgres://me:hunter2hunter2@[')).rejects.not.toThrow('hunter2');
  });

  it.skipIf(NONE)('keeps no rows locked for a process that does not go on', async () => {
    const location = await postgres.fresh();
    const frozen = await openedAt(location, { patience: { idleTransactionMs: 200 } });
    const other = await openedAt(location);
    let locked: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const stuck = frozen.database.transaction(async (connection) => {
      await connection.run('update ledger_head set seq = seq');
      locked();
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await connection.run('update ledger_head set seq = seq');
    });
    await isLocked;
    await other.ledger.append([{ at: 1, kind: 'verdict', repositoryId: 7, data: {} }]);
    goOn();
    await expect(stuck).rejects.toEqual(storeError('unreachable', 'keeps trying'));
    expect(await frozen.verifyLedger()).toMatchObject({ intact: true, entries: 1 });
  });

  it.skipIf(NONE)('waits for another process that brings the schema up to date, however long that takes', async () => {
    const location = await postgres.fresh();
    const other = new pg.Client({ connectionString: location });
    await other.connect();
    await other.query(`select pg_advisory_lock(${ADVISORY_LOCK})`);
    const opened = openedAt(location, { patience: { queryMs: 200 } });
    const first = await Promise.race([opened, new Promise((resolve) => setTimeout(resolve, 1_000, 'waits'))]);
    await other.end();
    expect(first).toBe('waits');
    await (await opened).ping();
  });
});

/** Overwrites pages in the middle of the file, not its header or schema. */
function damage(location: string): void {
  const file = openSync(location, 'r+');
  const { size } = statSync(location);
  const garbage = Buffer.alloc(4_096, 0xa5);
  for (let page = Math.floor(size / 4_096 / 2); page < size / 4_096 - 1; page += 1) {
    writeSync(file, garbage, 0, garbage.length, page * 4_096);
  }
  closeSync(file);
}

/** Root may write anywhere; for the time of `work` this process is nobody. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}
