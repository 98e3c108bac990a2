import { createHash } from 'node:crypto';
import type { Connection, Database, Row } from './database.ts';
import { placeholders, whole } from './database.ts';
import { described } from './store-error.ts';

/** Every table that holds something worth keeping, with the columns that give its rows an order. Locks are not moved. */
const TABLES: readonly { readonly name: string; readonly order: readonly string[] }[] = [
  { name: 'installation', order: ['id'] },
  { name: 'work', order: ['key'] },
  { name: 'delivery', order: ['guid'] },
  { name: 'delivery_work', order: ['guid', 'key'] },
  { name: 'hint', order: ['id'] },
  { name: 'cache', order: ['kind', 'key'] },
  { name: 'ledger', order: ['seq'] },
  { name: 'state', order: ['kind', 'repository_id', 'pull_request', 'name'] },
  { name: 'handle', order: ['prefix', 'repository_id', 'pull_request', 'name'] },
];

const PAGE = 500;
/** PostgreSQL takes at most 65,535 values in a statement, SQLite 32,766. */
const MAX_VALUES = 4_000;

/** How many rows of each table went over. */
export type CopiedRows = Readonly<Record<string, number>>;

/**
 * Copies everything from one store into another, empty one with the same schema; all or nothing. Nobody can write to the
 * source meanwhile. What has arrived is read back and compared, row by row, before it counts. Leases stay behind: the
 * processes that held them don't work for the new store.
 * @param progress called with a table's name and how many of its rows are over
 * @throws StoreError `not_empty` if the target holds anything, `differs` if it does not hold the same afterwards
 */
export function copyStore(
  from: Database,
  to: Database,
  progress: (table: string, rows: number) => void = () => undefined,
): Promise<CopiedRows> {
  // A write lock on the source (SQLite) or a row that every append needs (PostgreSQL) keeps the copy in one piece.
  return from.transaction((source) =>
    to.transaction(async (target) => {
      if (from.dialect === 'postgres')
        await source.run('lock table work, delivery, ledger_head, state, handle in share mode');
      await refuseUnlessEmpty(to, target);
      const copied: Record<string, number> = {};
      for (const table of TABLES) copied[table.name] = await copyTable(source, target, table, progress);
      for (const table of TABLES) {
        const same = (await digestOf(source, table)) === (await digestOf(target, table));
        if (!same) throw described('differs', `The store ${to.address}`, new Error(`table ${table.name}`));
      }
      const [head] = await source.rows('select seq, hash from ledger_head where id = 1');
      if (head)
        await target.run('update ledger_head set seq = $1, hash = $2 where id = 1', [head.seq ?? 0, head.hash ?? '']);
      await target.run('update work set lease = null, lease_until = 0');
      return copied;
    }),
  );
}

async function refuseUnlessEmpty(to: Database, target: Connection): Promise<void> {
  for (const { name } of TABLES) {
    const [row] = await target.rows(`select count(*) as present from ${name}`);
    if (row && whole(row, 'present') > 0) throw described('not_empty', `The store ${to.address}`);
  }
}

type Table = (typeof TABLES)[number];

async function copyTable(
  source: Connection,
  target: Connection,
  table: Table,
  progress: (table: string, rows: number) => void,
): Promise<number> {
  let copied = 0;
  for await (const page of pagesOf(source, table)) {
    await insertAll(target, table.name, page);
    copied += page.length;
    progress(table.name, copied);
  }
  return copied;
}

/** A number for what a table holds: the sum of its rows' digests, since the engines put text in different orders. */
async function digestOf(connection: Connection, table: Table): Promise<bigint> {
  let sum = 0n;
  for await (const page of pagesOf(connection, table)) {
    for (const row of page) {
      const columns = Object.keys(row).sort();
      const content = JSON.stringify(columns.map((column) => [column, row[column]]));
      sum += BigInt(`0x${createHash('sha256').update(content).digest('hex')}`);
    }
  }
  return sum;
}

async function* pagesOf(connection: Connection, { name, order }: Table): AsyncGenerator<readonly Row[]> {
  let last: Row | undefined;
  for (;;) {
    const page = await nextPage(connection, name, order, last);
    if (page.length === 0) return;
    yield page;
    last = page.at(-1);
  }
}

function nextPage(source: Connection, name: string, order: readonly string[], last: Row | undefined) {
  const columns = order.join(', ');
  if (!last) return source.rows(`select * from ${name} order by ${columns} limit ${PAGE}`);
  const after = order.map((column) => last[column] ?? null);
  const sql = `select * from ${name} where (${columns}) > (${placeholders(after.length)}) order by ${columns} limit ${PAGE}`;
  return source.rows(sql, after);
}

async function insertAll(target: Connection, name: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const atOnce = Math.max(1, Math.floor(MAX_VALUES / columns.length));
  for (let start = 0; start < rows.length; start += atOnce) {
    const part = rows.slice(start, start + atOnce);
    const tuples = part.map((_, index) => `(${placeholders(columns.length, index * columns.length + 1)})`);
    const values = part.flatMap((row) => columns.map((column) => row[column] ?? null));
    await target.run(`insert into ${name}(${columns.join(', ')}) values ${tuples.join(', ')}`, values);
  }
}
