import type { Database } from './database.ts';
import type { Locks } from './ports.ts';

const ACQUIRE = `
insert into lock(name, holder, until) values($1, $2, $4) on conflict(name) do update
set holder = excluded.holder, until = excluded.until where lock.until <= $3 or lock.holder = excluded.holder`;
const RELEASE = `delete from lock where name = $1 and holder = $2`;

/** See `Locks`. */
export function locksIn(database: Database): Locks {
  return {
    acquire: async (name, holder, now, until) => (await database.run(ACQUIRE, [name, holder, now, until])) === 1,
    release: async (name, holder) => void (await database.run(RELEASE, [name, holder])),
  };
}
