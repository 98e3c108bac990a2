import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, inject, onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../src/store/open-store.ts';

/** One kind of database to run a test on. */
export interface Engine {
  readonly name: string;
  /** The location of a new, empty database that goes away after the test. */
  fresh(): Promise<string>;
}

export const sqlite: Engine = {
  name: 'SQLite',
  async fresh() {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-store-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return join(folder, 'store.db');
  },
};

export const postgres: Engine = {
  name: 'PostgreSQL',
  async fresh() {
    // A schema is as good as a database to the store, and made in a millisecond.
    const schema = `test_${randomUUID().replaceAll('-', '')}`;
    await administer(`create schema ${schema}`);
    onTestFinished(() => administer(`drop schema ${schema} cascade`));
    const url = new URL(inject('postgresUrl'));
    url.searchParams.set('options', `-c search_path=${schema}`);
    return url.href;
  },
};

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Runs the same tests on every engine; without a PostgreSQL its half is reported as skipped. */
export function onEachEngine(tests: (engine: Engine) => void): void {
  describe('SQLite', () => tests(sqlite));
  describe.skipIf(inject('postgresUrl') === '')('PostgreSQL', () => tests(postgres));
}

/** For tests whose subject is not the store. */
export function onSqlite(tests: (engine: Engine) => void): void {
  describe('SQLite', () => tests(sqlite));
}

/** A store that is closed when the test ends. */
export async function openedStore(engine: Engine, options?: StoreOptions): Promise<Store> {
  return openedAt(await engine.fresh(), options);
}

/** Another opening of the same location, as a second process would have it; closed when the test ends. */
export async function openedAt(location: string, options?: StoreOptions): Promise<Store> {
  const store = await openStore(location, options);
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
}
