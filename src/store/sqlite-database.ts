import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection, Database, Value } from './database.ts';
import { openSqlite, type SqliteDriver } from './sqlite-driver.ts';
import { fromSqlite, StoreError } from './store-error.ts';

/** How long to wait for another process's write, and how long between two tries. */
const LOCK_TIMEOUT_MS = 5_000;
const LOCK_RETRY_MS = 10;

/**
 * Opens or creates the store in `file` (absolute or relative to the working directory; its folder is made).
 * New files are readable by their owner only.
 * @throws StoreError
 */
export function openSqliteDatabase(file: string): Database {
  const driver = openFile(file);
  const connection = connectionOf(driver, file);
  let last: Promise<unknown> = Promise.resolve();
  // One connection: what another caller does must not fall into an open transaction, so callers take turns.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }
  return {
    dialect: 'sqlite',
    address: file,
    rows: (sql, values) => inTurn(() => patiently(() => connection.rows(sql, values))),
    run: (sql, values) => inTurn(() => patiently(() => connection.run(sql, values))),
    script: (sql) => inTurn(() => connection.script(sql)),
    transaction: (work) => inTurn(() => inTransaction(driver, connection, work)),
    notify: () => undefined,
    listen: () => () => undefined,
    close: () => inTurn(async () => driver.close()),
  };
}

function openFile(file: string): SqliteDriver {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const isNew = !existsSync(file);
    const driver = openSqlite(file);
    if (isNew) chmodSync(file, 0o600);
    return driver;
  } catch (error) {
    throw fromSqlite(error, file);
  }
}

function connectionOf(driver: SqliteDriver, file: string): Connection {
  async function attempt<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw error instanceof TypeError ? error : fromSqlite(error, file);
    }
  }
  return {
    rows: (sql, values: readonly Value[] = []) => attempt(() => driver.rows(sql, values)),
    run: (sql, values: readonly Value[] = []) => attempt(() => driver.run(sql, values)),
    script: (sql) => attempt(() => driver.exec(sql)),
  };
}

async function inTransaction<T>(
  driver: SqliteDriver,
  connection: Connection,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  // `immediate` takes the write lock first, so that a read is never overtaken by another process before its write.
  await patiently(() => connection.script('begin immediate'));
  try {
    const result = await work(connection);
    await connection.script('commit');
    return result;
  } catch (error) {
    undo(driver);
    throw error;
  }
}

/** Tries again while another process writes, without stopping this one. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'busy') || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
    }
  }
}

function undo(driver: SqliteDriver): void {
  try {
    driver.exec('rollback');
  } catch {
    // A full disk makes SQLite roll back by itself; there is nothing left to undo then.
  }
}
