import type { Database } from './database.ts';
import { placeholders, text } from './database.ts';
import type { Cache } from './ports.ts';

/** Keys asked for in one statement. */
const CHUNK = 256;
const PUT = `
insert into cache(kind, key, value, put_at) values($1, $2, $3, $4)
on conflict(kind, key) do update set value = excluded.value, put_at = excluded.put_at`;

/** See `Cache`. */
export function cacheIn(database: Database): Cache {
  return {
    async getMany(kind, keys) {
      const found = new Map<string, string>();
      const distinct = [...new Set(keys)];
      for (let start = 0; start < distinct.length; start += CHUNK) {
        const chunk = padded(distinct.slice(start, start + CHUNK));
        const sql = `select key, value from cache where kind = $1 and key in (${placeholders(chunk.length, 2)})`;
        for (const row of await database.rows(sql, [kind, ...chunk])) found.set(text(row, 'key'), text(row, 'value'));
      }
      return found;
    },
    async putMany(kind, entries, now) {
      if (entries.size === 0) return;
      // In the order of the keys, so that two transactions that put the same ones don't wait in a circle.
      const ordered = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
      await database.transaction(async (connection) => {
        for (const [key, value] of ordered) await connection.run(PUT, [kind, key, value, now]);
      });
    },
  };
}

/** Repeats the last key up to a power of two: nine statements to prepare instead of 256. */
function padded(keys: readonly string[]): readonly string[] {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return Array.from({ length }, (_, index) => keys[Math.min(index, keys.length - 1)] ?? '');
}
