import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection, Database, Value } from './database.ts';
import { openSqlite, type SqliteDriver } from './sqlite-driver.ts';
import { fromSqlite } from './store-error.ts';

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
    rows: (sql, values) => inTurn(() => connection.rows(sql, values)),
    run: (sql, values) => inTurn(() => connection.run(sql, values)),
    script: (sql) => inTurn(() => connection.script(sql)),
    transaction: (work) => inTurn(() => inTransaction(driver, file, () => work(connection))),
    notify: async () => undefined,
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

async function inTransaction<T>(driver: SqliteDriver, file: string, work: () => Promise<T>): Promise<T> {
  try {
    // `immediate` takes the write lock first, so that a read is never overtaken by another process before its write.
    driver.exec('begin immediate');
  } catch (error) {
    throw fromSqlite(error, file);
  }
  try {
    const result = await work();
    driver.exec('commit');
    return result;
  } catch (error) {
    undo(driver);
    throw error instanceof TypeError ? error : fromSqlite(error, file);
  }
}

function undo(driver: SqliteDriver): void {
  try {
    driver.exec('rollback');
  } catch {
    // A full disk makes SQLite roll back by itself; there is nothing left to undo then.
  }
}
