/** What went wrong with the store, for code that has to tell the cases apart. */
export type StoreErrorCode =
  | 'newer' // the schema is of a newer Sightline
  | 'older' // the schema is of an older one, and was not to be changed
  | 'corrupt' // not a database, or a damaged one
  | 'full' // no room left
  | 'read_only'
  | 'disk' // it fails, or refuses for a quota or a limit of file sizes
  | 'cannot_open' // the SQLite file, or its folder
  | 'busy' // another process kept the lock
  | 'unreachable' // no connection to PostgreSQL
  | 'no_driver' // neither node:sqlite nor libsql
  | 'not_empty' // the target of a copy holds data
  | 'differs' // a copy is not what it was made of
  | 'failed'; // anything else

/** The only error that the store throws for what is outside of the program: says what, where and what to do next. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** What is wrong, and with which store; a sentence. */
  readonly problem: string;
  /** What to do about it; a sentence. */
  readonly advice: string;
  /** What is wrong and what to do, without saying which store it is: for pages that strangers can see. */
  readonly summary: string;

  constructor(code: StoreErrorCode, problem: string, cause?: unknown) {
    super(`${problem} ${ADVICE[code]}`, { cause });
    this.code = code;
    this.problem = problem;
    this.advice = ADVICE[code];
    this.summary = `The store ${PROBLEM[code]}. ${ADVICE[code]}`;
  }
}

const ADVICE: Record<StoreErrorCode, string> = {
  newer: 'Start the newer version of Sightline again, or restore the backup from before the update.',
  older: 'Start this version of the server, or run `sightline store migrate`; either brings it up to date.',
  corrupt:
    'Stop Sightline, keep a copy of the damaged store for inspection, restore a backup or remove the store to start with an ' +
    'empty one: open pull requests are found again by the sweep; the ledger is only in backups.',
  full: 'Make room on that disk; nothing was written, and work goes on by itself.',
  read_only:
    'Make the store writable for the user that runs Sightline (owner, mode, mount options; not a standby server).',
  disk:
    'Look at the disk under it: its quota, limits of file sizes, errors in the system log; nothing was written, and work goes ' +
    'on by itself when it can.',
  cannot_open: 'Check that SIGHTLINE_STORE names a file in a folder where the user that runs Sightline may write.',
  busy:
    'Another process holds a lock, or there is too much to do: run one server per SQLite store, or several on PostgreSQL ' +
    '(DATABASE_URL); work goes on by itself.',
  unreachable: 'Check that PostgreSQL is up and that DATABASE_URL is right; Sightline keeps trying.',
  no_driver: 'Use Node 22.13 or newer, or run `npm ci` without `--omit=optional` so that libsql is installed.',
  not_empty: 'Copy into an empty database.',
  differs: 'Nothing was kept of the copy; go on with the old store, and tell us what the two databases are.',
  failed: 'The log says why; the operation was undone.',
};

/** What SQLite calls it, in its messages and in libsql's codes: https://www.sqlite.org/rescode.html */
const SQLITE_SIGNS: readonly (readonly [number, StoreErrorCode])[] = [
  [5, 'busy'],
  [6, 'busy'],
  [8, 'read_only'],
  [10, 'disk'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'cannot_open'],
  [26, 'corrupt'],
];
const SQLITE_NAMES: Record<string, number> = {
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_READONLY: 8,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_NOTADB: 26,
};

/** PostgreSQL's classes and codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES_SIGNS: readonly (readonly [RegExp, StoreErrorCode])[] = [
  [/^53100$/, 'full'],
  [/^25006$/, 'read_only'],
  [/^58...$/, 'disk'],
  [/^XX00[12]$/, 'corrupt'],
  [/^(55P03|57014)$/, 'busy'],
  [
    /^(08...|57P0.|53300|28...|3D000|ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOENT)$/,
    'unreachable',
  ],
];

/** Any error out of SQLite's driver, as a `StoreError`. `address`: the file. */
export function fromSqlite(error: unknown, address: string): StoreError {
  if (error instanceof StoreError) return error;
  const number = sqliteNumber(error);
  const code = SQLITE_SIGNS.find(([sign]) => sign === number)?.[1] ?? 'failed';
  return described(code, `The store ${address}`, error);
}

/** Any error out of `pg`, as a `StoreError`. `address`: host and database, without credentials. */
export function fromPostgres(error: unknown, address: string): StoreError {
  if (error instanceof StoreError) return error;
  const sign = property(error, 'code');
  const known = typeof sign === 'string' ? POSTGRES_SIGNS.find(([pattern]) => pattern.test(sign))?.[1] : undefined;
  // A connection that dies in the middle of a query has a message and no code.
  const code =
    known ?? (/terminat|timeout|not queryable|connection/i.test(messageOf(error)) ? 'unreachable' : 'failed');
  return described(code, `The store ${address}`, error);
}

/** @param subject "The store <address>", the beginning of the sentence */
export function described(code: StoreErrorCode, subject: string, cause?: unknown): StoreError {
  const what = cause === undefined ? PROBLEM[code] : `${PROBLEM[code]} (${messageOf(cause)})`;
  return new StoreError(code, `${subject} ${what}.`, cause);
}

const PROBLEM: Record<StoreErrorCode, string> = {
  newer: 'was written by a newer version',
  older: 'was written by an older version',
  corrupt: 'is damaged or is no database',
  full: 'has no room left',
  read_only: 'cannot be written',
  disk: 'met an error of its disk',
  cannot_open: 'cannot be opened',
  busy: 'is locked',
  unreachable: 'cannot be reached',
  no_driver: 'has no SQLite driver',
  not_empty: 'is not empty',
  differs: 'does not hold what was copied into it',
  failed: 'refused an operation',
};

function sqliteNumber(error: unknown): number | undefined {
  const extended = property(error, 'errcode') ?? property(error, 'rawCode');
  if (typeof extended === 'number') return extended & 0xff;
  const code = property(error, 'code');
  // libsql tells why it could not open a file in the message alone.
  if (typeof code !== 'string' || code === '') return Number(/: (\d{1,4})"\)$/.exec(messageOf(error))?.[1]) & 0xff;
  return Object.entries(SQLITE_NAMES).find(([name]) => code.startsWith(name))?.[1];
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function messageOf(error: unknown): string {
  // A failed connection to a name with several addresses comes as an AggregateError without a message of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
