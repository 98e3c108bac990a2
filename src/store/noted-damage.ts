import type { Connection, Database } from './database.ts';
import { StoreError } from './store-error.ts';

/**
 * The same database, which is not used any more once it was found damaged: what were still written to it would be gone with
 * it, while GitHub keeps what is refused. Every call then fails like the one that met the damage; closing works.
 */
export function withNotedDamage(database: Database): Database {
  let damage: StoreError | undefined;
  async function careful<T>(work: () => Promise<T>): Promise<T> {
    if (damage) throw damage;
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreError && error.code === 'corrupt') damage ??= error;
      throw error;
    }
  }
  const calls = (connection: Connection): Connection => ({
    rows: (sql, values) => careful(() => connection.rows(sql, values)),
    run: (sql, values) => careful(() => connection.run(sql, values)),
    script: (sql) => careful(() => connection.script(sql)),
  });
  return {
    ...database,
    ...calls(database),
    transaction: (work) => careful(() => database.transaction((connection) => work(calls(connection)))),
  };
}
