import type { Database, Row, Value } from './database.ts';
import { text, whole } from './database.ts';
import { appendToLedger } from './ledger-table.ts';
import type { State, StateKey, StateRecord } from './ports.ts';

const COLUMNS = 'kind, repository_id, pull_request, name, version, value, ends_at, changed_at';
const WHERE_KEY = 'kind = $1 and repository_id = $2 and pull_request = $3 and name = $4';
const READ = `select ${COLUMNS} from state where ${WHERE_KEY}`;
const CREATE = `
insert into state(${COLUMNS}) values($1, $2, $3, $4, 1, $5, $6, $7)
on conflict(kind, repository_id, pull_request, name) do nothing`;
const CHANGE = `
update state set version = version + 1, value = $5, ends_at = $6, changed_at = $7 where ${WHERE_KEY} and version = $8`;
const REMOVE = `delete from state where ${WHERE_KEY} and version = $5`;
const MOST_AT_ONCE = 100_000;

export function stateIn(database: Database): State {
  return {
    async read(key) {
      const [row] = await database.rows(READ, keyValues(key));
      return row ? stateRecord(row) : undefined;
    },
    list: (filter) => listState(database, filter),
    write: (key, change) =>
      database.transaction(async (connection) => {
        const content = [JSON.stringify(change.value ?? null), change.endsAt ?? null, change.now];
        const changed =
          change.version === 0
            ? await connection.run(CREATE, [...keyValues(key), ...content])
            : await connection.run(CHANGE, [...keyValues(key), ...content, change.version]);
        if (changed !== 1) return false;
        await appendToLedger(database, connection, change.record ?? []);
        return true;
      }),
    remove: async (key, version) => (await database.run(REMOVE, [...keyValues(key), version])) === 1,
  };
}

async function listState(database: Database, filter: Parameters<State['list']>[0]): Promise<readonly StateRecord[]> {
  const values: Value[] = [];
  const value = (given: Value) => `$${values.push(given)}`;
  const conditions = [`kind = ${value(filter.kind)}`];
  if (filter.repositoryId !== undefined) conditions.push(`repository_id = ${value(filter.repositoryId)}`);
  if (filter.pullRequest !== undefined) conditions.push(`pull_request = ${value(filter.pullRequest)}`);
  if (filter.ending) {
    conditions.push(`ends_at >= ${value(filter.ending.from)}`, `ends_at < ${value(filter.ending.to)}`);
  }
  const limit = value(Math.min(filter.limit ?? MOST_AT_ONCE, MOST_AT_ONCE));
  const order = filter.ending ? 'ends_at, ' : '';
  const sql = `select ${COLUMNS} from state where ${conditions.join(' and ')}
    order by ${order}repository_id, pull_request, name limit ${limit}`;
  return (await database.rows(sql, values)).map(stateRecord);
}

function keyValues({ kind, repositoryId, pullRequest, name }: StateKey): readonly Value[] {
  return [kind, repositoryId, pullRequest, name];
}

function stateRecord(row: Row): StateRecord {
  return {
    kind: text(row, 'kind'),
    repositoryId: whole(row, 'repository_id'),
    pullRequest: whole(row, 'pull_request'),
    name: text(row, 'name'),
    version: whole(row, 'version'),
    value: JSON.parse(text(row, 'value')) as unknown,
    ...(row.ends_at === null ? {} : { endsAt: whole(row, 'ends_at') }),
    changedAt: whole(row, 'changed_at'),
  };
}
