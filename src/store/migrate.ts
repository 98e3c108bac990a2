import { readdirSync, readFileSync } from 'node:fs';
import type { Connection, Database } from './database.ts';
import { whole } from './database.ts';
import { inDialect } from './dialect.ts';
import { described, StoreError } from './store-error.ts';

/** One numbered step of the schema. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Any number that no other program uses as an advisory lock on the same database. */
export const ADVISORY_LOCK = 7_481_920_314;

/** Whoever comes second waits as long as the first one's steps take. */
const WAIT_FOR_TURN = `set local statement_timeout = 0; select pg_advisory_xact_lock(${ADVISORY_LOCK})`;

const VERSION_TABLE = 'create table if not exists schema_version(version integer primary key, name text not null)';

/** The steps in `folder` (`0001-name.sql`, …), in order, without gaps. Default: those beside this file. */
export function readMigrations(folder = new URL('./migrations/', import.meta.url)): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const migrations = names.sort().map((name) => ({
    version: Number(name.slice(0, 4)),
    name: name.slice(0, -'.sql'.length),
    sql: readFileSync(new URL(name, folder), 'utf8'),
  }));
  const gap = migrations.find((migration, index) => migration.version !== index + 1);
  if (gap) throw new RangeError(`Migrations must be numbered 1, 2, 3, …; found ${gap.name}`);
  return migrations;
}

/**
 * Whether the schema is the newest one, without changing anything.
 * @throws StoreError `newer` or `older`
 */
export async function requireCurrentSchema(database: Database): Promise<void> {
  const to = readMigrations().length;
  const from = await currentVersion(database).catch((error: unknown) => {
    // A store without the table has no schema at all yet.
    if (error instanceof StoreError && error.code === 'failed') return 0;
    throw error;
  });
  if (from !== to) throw described(from > to ? 'newer' : 'older', subjectOf(database, from, to));
}

/**
 * Brings the schema to the newest version; processes that start together take turns.
 * @returns the versions before and after
 * @throws StoreError `newer` if the store was written by a newer version: never downwards
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<{ readonly from: number; readonly to: number }> {
  return database.transaction(async (connection) => {
    if (database.dialect === 'postgres') await connection.script(WAIT_FOR_TURN);
    await connection.script(VERSION_TABLE);
    const from = await currentVersion(connection);
    const to = migrations.length;
    if (from > to) throw described('newer', subjectOf(database, from, to));
    for (const { version, name, sql } of migrations.slice(from)) {
      await connection.script(inDialect(database.dialect, sql));
      await connection.run('insert into schema_version(version, name) values($1, $2)', [version, name]);
    }
    // Better found out now than by the first delivery: a store that can be read and not written opens without complaint.
    await touch(connection);
    return { from, to };
  });
}

/** Writes what is there already: throws where nothing can be written, and changes nothing. */
export async function touch(connection: Connection): Promise<void> {
  await connection.run('update schema_version set name = name where version = 1');
}

function subjectOf({ address }: Database, from: number, to: number): string {
  return `The store ${address} (schema ${from}, this version knows ${to})`;
}

async function currentVersion(connection: Connection): Promise<number> {
  const [row] = await connection.rows('select coalesce(max(version), 0) as version from schema_version');
  return row ? whole(row, 'version') : 0;
}
