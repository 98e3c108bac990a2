import type { Connection, Database, Row, Value } from './database.ts';
import { placeholders, text, whole } from './database.ts';
import { inDialect } from './dialect.ts';
import { GENESIS, ledgerHash } from './ledger-hash.ts';
import type { Ledger, LedgerDraft, LedgerEntry, LedgerFilter } from './ports.ts';

const HEAD = 'select seq, hash from ledger_head where id = 1 {{for_update}}';
const MOVE_HEAD = 'update ledger_head set seq = $1, hash = $2 where id = 1';
/** Entries in one statement. */
const ROWS_AT_ONCE = 50;
const COLUMNS = 'seq, at, kind, repository_id, pull_request, actor_id, data, previous_hash, hash';
const MOST_AT_ONCE = 1_000;

export function ledgerIn(database: Database): Ledger {
  return {
    append: (drafts) => database.transaction((connection) => appendToLedger(database, connection, drafts)),
    read: (filter) => readLedger(database, filter),
    measure: (filter) => measureLedger(database, filter),
    head: () => ledgerHead(database),
  };
}

/** The chain's end as it was last committed; what is appended meanwhile is beyond it. */
export async function ledgerHead(database: Connection): Promise<{ readonly seq: number; readonly hash: string }> {
  const [row] = await database.rows('select seq, hash from ledger_head where id = 1');
  return row ? { seq: whole(row, 'seq'), hash: text(row, 'hash') } : { seq: 0, hash: GENESIS };
}

/** Appends within a transaction. The row of the chain's end is locked until it commits: entries follow one another. */
export async function appendToLedger(
  database: Database,
  connection: Connection,
  drafts: readonly LedgerDraft[],
): Promise<readonly LedgerEntry[]> {
  if (drafts.length === 0) return [];
  const [head] = await connection.rows(inDialect(database.dialect, HEAD));
  let seq = head ? whole(head, 'seq') : 0;
  let previousHash = head ? text(head, 'hash') : '';
  const entries: LedgerEntry[] = [];
  const rows: (readonly Value[])[] = [];
  for (const draft of drafts) {
    seq += 1;
    const data = JSON.stringify(draft.data ?? null);
    const hash = ledgerHash({ ...draft, seq, data, previousHash });
    const { at, kind, repositoryId, pullRequest, actorId } = draft;
    rows.push([seq, at, kind, repositoryId, pullRequest ?? null, actorId ?? null, data, previousHash, hash]);
    entries.push({ ...draft, seq, previousHash, hash });
    previousHash = hash;
  }
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await insert(connection, rows.slice(start, start + ROWS_AT_ONCE));
  }
  await connection.run(MOVE_HEAD, [seq, previousHash]);
  return entries;
}

async function insert(connection: Connection, rows: readonly (readonly Value[])[]): Promise<void> {
  const width = rows[0]?.length ?? 0;
  const tuples = rows.map((_, index) => `(${placeholders(width, index * width + 1)})`);
  await connection.run(`insert into ledger(${COLUMNS}) values ${tuples.join(', ')}`, rows.flat());
}

/** A stored entry with `data` as the text that its hash covers. */
export type StoredEntry = Omit<LedgerEntry, 'data'> & { readonly data: string };

/** Up to 1,000 entries after `afterSeq`, as stored. */
export async function storedEntries(connection: Connection, afterSeq: number): Promise<readonly StoredEntry[]> {
  const sql = `select ${COLUMNS} from ledger where seq > $1 order by seq limit ${MOST_AT_ONCE}`;
  return (await connection.rows(sql, [afterSeq])).map(storedEntry);
}

async function readLedger(database: Database, filter: Parameters<Ledger['read']>[0]): Promise<readonly LedgerEntry[]> {
  const { where, values } = conditionsOf(filter);
  const limit = Math.min(filter.limit ?? MOST_AT_ONCE, MOST_AT_ONCE);
  const sql = `select ${COLUMNS} from ledger where ${where} order by seq limit $${values.length + 1}`;
  const rows = await database.rows(sql, [...values, limit]);
  return rows.map(storedEntry).map((entry) => ({ ...entry, data: JSON.parse(entry.data) as unknown }));
}

async function measureLedger(
  database: Database,
  filter: Parameters<Ledger['measure']>[0],
): ReturnType<Ledger['measure']> {
  const { where, values } = conditionsOf(filter);
  // In no order, so that an index on the kinds can serve.
  const counted = `select at from ledger where ${where} limit $${values.length + 1}`;
  const sql = `select count(*) as entries, min(at) as oldest from (${counted}) as counted`;
  const [row] = await database.rows(sql, [...values, filter.limit]);
  if (!row) return { entries: 0 };
  return { entries: whole(row, 'entries'), ...(row.oldest === null ? {} : { oldestAt: whole(row, 'oldest') }) };
}

function conditionsOf(filter: LedgerFilter): { readonly where: string; readonly values: readonly Value[] } {
  const values: Value[] = [];
  const value = (given: Value) => `$${values.push(given)}`;
  const conditions = [`seq > ${value(filter.afterSeq ?? 0)}`];
  if (filter.repositoryId !== undefined) conditions.push(`repository_id = ${value(filter.repositoryId)}`);
  if (filter.pullRequest !== undefined) conditions.push(`pull_request = ${value(filter.pullRequest)}`);
  if (filter.kinds)
    conditions.push(filter.kinds.length > 0 ? `kind in (${filter.kinds.map(value).join(', ')})` : '1 = 0');
  return { where: conditions.join(' and '), values };
}

function storedEntry(row: Row): StoredEntry {
  const { pull_request: pullRequest, actor_id: actorId } = row;
  return {
    seq: whole(row, 'seq'),
    at: whole(row, 'at'),
    kind: text(row, 'kind'),
    repositoryId: whole(row, 'repository_id'),
    ...(typeof pullRequest === 'number' ? { pullRequest } : {}),
    ...(typeof actorId === 'number' ? { actorId } : {}),
    data: text(row, 'data'),
    previousHash: text(row, 'previous_hash'),
    hash: text(row, 'hash'),
  };
}
