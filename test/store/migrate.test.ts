import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readMigrations } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { onEachEngine, openedAt, openedStore } from './engines.ts';

const SHIPPED = readMigrations();
const NEXT = { version: SHIPPED.length + 1, name: 'next', sql: 'create table next(id integer primary key);' };

onEachEngine((engine) => {
  it('brings an older store up to date and keeps what it holds', async () => {
    const location = await engine.fresh();
    const old = await openStore(location);
    await old.cache.putMany('scan', new Map([['key', 'value']]), 1);
    await old.close();
    const store = await openedAt(location, { migrations: [...SHIPPED, NEXT] });
    expect(await store.database.rows('select * from next')).toEqual([]);
    expect(await store.cache.getMany('scan', ['key'])).toEqual(new Map([['key', 'value']]));
  });

  it('refuses a store of a newer version, and leaves it alone', async () => {
    const location = await engine.fresh();
    await (await openStore(location, { migrations: [...SHIPPED, NEXT] })).close();
    const refusal = expect.objectContaining({ code: 'newer', message: expect.stringContaining('restore the backup') });
    await expect(openStore(location)).rejects.toEqual(refusal);
    const store = await openedAt(location, { migrations: [...SHIPPED, NEXT] });
    expect(await store.database.rows('select max(version) as version from schema_version')).toEqual([
      { version: NEXT.version },
    ]);
  });

  it('undoes a step that fails', async () => {
    const location = await engine.fresh();
    const broken = { ...NEXT, sql: `${NEXT.sql} create table work(key text);` };
    await expect(openStore(location, { migrations: [...SHIPPED, broken] })).rejects.toThrow('work');
    const store = await openedAt(location, { migrations: [...SHIPPED, NEXT] });
    expect(await store.database.rows('select * from next')).toEqual([]);
  });

  it('is done once by processes that start together', async () => {
    const location = await engine.fresh();
    await Promise.all([1, 2, 3, 4].map(() => openedAt(location)));
    const store = await openedStore({ ...engine, fresh: async () => location });
    const versions = await store.database.rows('select version from schema_version order by version');
    expect(versions).toEqual(SHIPPED.map(({ version }) => ({ version })));
  });
});

it('makes an SQLite store that only its owner can read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await (await openStore(join(folder, 'below', 'store.db'))).close();
  expect(statSync(join(folder, 'below', 'store.db')).mode & 0o077).toBe(0);
});

it('refuses migrations with a gap in their numbers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, '0001-one.sql'), '');
  writeFileSync(join(folder, '0003-three.sql'), '');
  expect(() => readMigrations(pathToFileURL(`${folder}/`))).toThrow('0003-three');
});
