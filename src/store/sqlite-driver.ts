import { createRequire } from 'node:module';
import type { Row, Value } from './database.ts';
import { described } from './store-error.ts';

/** What node:sqlite and libsql have in common, and all that we use of them. `get` differs between them: never used. */
interface Statement {
  all(values: Record<string, Value>): unknown[];
  run(values: Record<string, Value>): { changes: number | bigint };
}
interface Handle {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}
type Open = new (file: string) => Handle;

/**
 * While the file is opened SQLite may wait for a lock; later it would keep the whole process waiting with it, so it gives
 * up soon and `sqlite-database.ts` tries again.
 */
const PRAGMAS = ['busy_timeout=5000', 'journal_mode=wal', 'synchronous=full', 'foreign_keys=on', 'busy_timeout=20'];

/** SQLite, synchronous, the same on every Node. */
export interface SqliteDriver {
  readonly name: 'node:sqlite' | 'libsql';
  rows(sql: string, values: readonly Value[]): readonly Row[];
  run(sql: string, values: readonly Value[]): number;
  exec(sql: string): void;
  close(): void;
}

/**
 * Opens `file` with what this Node has: `node:sqlite` from 22.13 on, else libsql. Files of both are interchangeable.
 * Every commit is on the disk before it returns (WAL with full sync: https://www.sqlite.org/pragma.html#pragma_synchronous).
 * @throws StoreError `no_driver`, and whatever the driver throws for the file
 */
export function openSqlite(file: string): SqliteDriver {
  const builtin = builtinSqlite();
  const handle = new (builtin ?? libsql())(file);
  try {
    for (const pragma of PRAGMAS) handle.exec(`pragma ${pragma}`);
    return driver(builtin ? 'node:sqlite' : 'libsql', handle);
  } catch (error) {
    handle.close();
    throw error;
  }
}

function driver(name: SqliteDriver['name'], handle: Handle): SqliteDriver {
  const statements = new Map<string, Statement>();
  function prepared(sql: string): Statement {
    const known = statements.get(sql);
    if (known) return known;
    const statement = handle.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
  return {
    name,
    rows: (sql, values) => prepared(sql).all(bound(values)).map(plainRow),
    run: (sql, values) => Number(prepared(sql).run(bound(values)).changes),
    exec: (sql) => void handle.exec(sql),
    close: () => void handle.close(),
  };
}

/** libsql aborts the whole process on a wrongly typed value and takes a missing one as NULL: what it gets is checked here. */
function bound(values: readonly Value[]): Record<string, Value> {
  const named: Record<string, Value> = {};
  for (const [index, value] of values.entries()) {
    const fits = value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
    if (!fits) throw new TypeError(`The value for $${index + 1} cannot be stored: ${typeof value}`);
    named[index + 1] = value;
  }
  return named;
}

function plainRow(row: unknown): Row {
  return { ...(row as Row) };
}

function builtinSqlite(): Open | undefined {
  // An import statement would not compile away on Node 20, where the module does not exist.
  const builtin: unknown = withoutWarning(() => process.getBuiltinModule?.('node:sqlite' as 'node:fs'));
  if (typeof builtin !== 'object' || builtin === null) return undefined;
  return (builtin as { DatabaseSync?: Open }).DatabaseSync;
}

/** What loads the module says once, as text, that it is experimental: in the server's log of JSON, and before every answer of a command. */
function withoutWarning<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function libsql(): Open {
  try {
    return createRequire(import.meta.url)('libsql') as Open;
  } catch (error) {
    throw described('no_driver', 'The store', error);
  }
}
