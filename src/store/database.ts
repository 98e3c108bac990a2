/** What a column can hold in both engines. Whole numbers stay below 2^53, as GitHub's ids do. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Runs statements with `$1 … $n`; each number may be used more than once. */
export interface Connection {
  /** The rows that a query, or a statement with `returning`, gives. */
  rows(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows a statement changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
  /** Several statements in one text, without values (migrations). */
  script(sql: string): Promise<void>;
}

export type Dialect = 'sqlite' | 'postgres';

/** One engine behind one face. Every failure leaves it as a `StoreError`. */
export interface Database extends Connection {
  readonly dialect: Dialect;
  /** Where it is, without credentials, for messages. */
  readonly address: string;
  /**
   * Commits what `work` did when it resolves, undoes it when it throws. `work` may run again (deadlock), so it must do
   * nothing but talk to its connection.
   */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Tells other processes of new work that is committed. It may get lost; callers poll as well. */
  notify(): void;
  /** Calls `listener` when another process notified; returns how to stop. SQLite has no such news. */
  listen(listener: () => void): () => void;
  close(): Promise<void>;
}

/** @throws TypeError if the column is not text */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`The column ${column} holds no text`);
  return value;
}

/** @throws TypeError if the column is not a number */
export function whole(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`The column ${column} holds no number`);
  return value;
}

/** `$1, $2, …` for `count` values, beginning at `first` (1-based). */
export function placeholders(count: number, first = 1): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');
}
