import type { Connection, Database } from './database.ts';
import { text, whole } from './database.ts';
import type { Handles } from './ports.ts';

type Scope = Parameters<Handles['assign']>[0];

const KNOWN = 'select name, number from handle where prefix = $1 and repository_id = $2 and pull_request = $3';
const GIVE = 'insert into handle(prefix, repository_id, pull_request, name, number) values($1, $2, $3, $4, $5)';
const RESOLVE = `
select name from handle where prefix = $1 and repository_id = $2 and pull_request = $3 and number = $4`;
// Writing to this row makes processes that give numbers on one repository wait for each other.
const TAKE_TURN = `
insert into lock(name, holder, until) values($1, '', 0) on conflict(name) do update set until = 0`;

/** See `Handles`. */
export function handlesIn(database: Database): Handles {
  return {
    async assign(of, names) {
      const known = await knownNumbers(database, of);
      const numbers = names.every((name) => known.has(name)) ? known : await giveNumbers(database, of, names);
      return new Map(names.map((name) => [name, `${of.prefix}${numbers.get(name)}`]));
    },
    async resolve(repositoryId, pullRequest, handle) {
      const parts = /^([A-Z]{1,8})([1-9]\d{0,9})$/.exec(handle);
      if (!parts?.[1] || !parts[2]) return undefined;
      const [row] = await database.rows(RESOLVE, [parts[1], repositoryId, pullRequest, Number(parts[2])]);
      return row ? text(row, 'name') : undefined;
    },
  };
}

async function knownNumbers(connection: Connection, of: Scope): Promise<Map<string, number>> {
  const rows = await connection.rows(KNOWN, [of.prefix, of.repositoryId, of.pullRequest]);
  return new Map(rows.map((row) => [text(row, 'name'), whole(row, 'number')]));
}

function giveNumbers(database: Database, of: Scope, names: readonly string[]): Promise<Map<string, number>> {
  return database.transaction(async (connection) => {
    await connection.run(TAKE_TURN, [`handles/${of.repositoryId}`]);
    const numbers = await knownNumbers(connection, of);
    let last = Math.max(0, ...numbers.values());
    for (const name of names) {
      if (numbers.has(name)) continue;
      last += 1;
      await connection.run(GIVE, [of.prefix, of.repositoryId, of.pullRequest, name, last]);
      numbers.set(name, last);
    }
    return numbers;
  });
}
