import pg from 'pg';
import type { Connection, Database, Row, Value } from './database.ts';
import { listenTo } from './postgres-listener.ts';
import { fromPostgres, StoreError } from './store-error.ts';

const CHANNEL = 'sightline_work';

/** How long PostgreSQL is waited for, in milliseconds. */
export interface PostgresPatience {
  /** For a connection, new or out of the pool. */
  readonly connectMs: number;
  /** For the answer to one statement. */
  readonly queryMs: number;
  /** For the next statement of a transaction, by the server: a process that froze or lost its network keeps no rows locked. */
  readonly idleTransactionMs: number;
}

/** GitHub takes a delivery for failed after 10 s; the store must have failed before (see `server/`). */
const PATIENCE: PostgresPatience = { connectMs: 4_000, queryMs: 8_000, idleTransactionMs: 15_000 };
/** The server gives a statement up a little before we do: its answer keeps the connection, and nothing runs on unseen. */
const SERVER_SHARE = 7 / 8;
/** A peer that vanished is noticed without a word to send: on the connection that listens. */
const KEEP_ALIVE_MS = 10_000;
/** Migrations may rewrite large tables. */
const SCRIPT_TIMEOUT_MS = 30 * 60_000;

/** Deadlock and serialisation failure: the server undid the transaction and asks for another try. */
const TRY_AGAIN = new Set(['40P01', '40001']);
const TRIES = 5;

/** int8 as a number: ids and times stay below 2^53. */
const INT8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * Opens a pool to PostgreSQL (14 or newer). Nothing is sent until the first query.
 * @param url `postgres://user:password@host:port/database?sslmode=…`
 * @throws StoreError for a URL that cannot be read
 */
export function openPostgresDatabase(url: string, patience: Partial<PostgresPatience> = {}): Database {
  const address = withoutCredentials(url);
  const { connectMs, queryMs, idleTransactionMs } = { ...PATIENCE, ...patience };
  const settings: pg.ClientConfig = {
    connectionString: url,
    application_name: 'sightline',
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types,
  };
  // Not as parameters of the connection: PgBouncer refuses those that it does not know.
  const limits = `set statement_timeout = ${Math.floor(queryMs * SERVER_SHARE)};
    set idle_in_transaction_session_timeout = ${idleTransactionMs}`;
  const pool = new pg.Pool({ ...settings, max: 10, onConnect: (client) => client.query(limits) });
  // Without a listener the death of an idle connection would end the process; the next query reports it anyway.
  pool.on('error', () => undefined);
  const direct = connectionOf(pool, address);
  return {
    dialect: 'postgres',
    address,
    ...direct,
    transaction: (work) => inTransaction(pool, address, work),
    notify: bell(() => direct.rows('select pg_notify($1, $2)', [CHANNEL, ''])),
    listen: (listener) => listenTo(() => new pg.Client(settings), CHANNEL, listener),
    close: () => pool.end(),
  };
}

/**
 * Rings now, and once more after it where somebody asked meanwhile. Never within a transaction: one that notifies keeps all others that do
 * from committing until the disk has it. https://www.postgresql.org/docs/current/sql-notify.html
 */
function bell(ring: () => Promise<unknown>): () => void {
  let isRinging = false;
  let isAskedAgain = false;
  return async function notify(): Promise<void> {
    isAskedAgain = true;
    if (isRinging) return;
    isRinging = true;
    while (isAskedAgain) {
      isAskedAgain = false;
      await ring().catch(() => undefined);
    }
    isRinging = false;
  };
}

type Queryable = Pick<pg.ClientBase, 'query'> | pg.Pool;

function connectionOf(queryable: Queryable, address: string): Connection {
  async function query(sql: string, values: readonly Value[]): Promise<pg.QueryResult> {
    try {
      return await queryable.query(sql, [...values]);
    } catch (error) {
      throw fromPostgres(error, address);
    }
  }
  return {
    rows: async (sql, values = []) => (await query(sql, values)).rows satisfies Row[],
    run: async (sql, values = []) => (await query(sql, values)).rowCount ?? 0,
    script: async (sql) => {
      // Without values the text goes as one simple query, which may hold several statements.
      await queryable.query({ text: sql, query_timeout: SCRIPT_TIMEOUT_MS } as pg.QueryConfig).catch((error) => {
        throw fromPostgres(error, address);
      });
    },
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  address: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, address, work);
    } catch (error) {
      if (attempt >= TRIES || !shouldTryAgain(error)) throw error;
    }
  }
}

async function once<T>(pool: pg.Pool, address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error) => {
    throw fromPostgres(error, address);
  });
  // A checked-out client reports the loss of its connection here as well as through its query.
  const ignore = () => undefined;
  client.on('error', ignore);
  const connection = connectionOf(client, address);
  let broken = true;
  try {
    await connection.run('begin');
    const result = await work(connection);
    await connection.run('commit');
    broken = false;
    return result;
  } catch (error) {
    broken = isLost(error) || !(await isUndone(client));
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

/** Nothing can be said to a server that does not answer; one that became a standby is left for the one that took its place. */
function isLost(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'unreachable' || error.code === 'read_only');
}

function isUndone(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

function shouldTryAgain(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' && TRY_AGAIN.has(code);
}

function withoutCredentials(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `postgres://${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
  } catch (error) {
    // The URL itself is kept out of the message: it holds the password.
    throw fromPostgres(new Error('DATABASE_URL is no URL', { cause: (error as Error).name }), 'in PostgreSQL');
  }
}
