import type { Dialect } from './database.ts';

/** The few words in which the engines differ; everything else is one SQL text. */
const WORDS: Record<Dialect, Record<string, string>> = {
  // SQLite has one writer at a time, which `begin immediate` makes us: nothing to lock, nothing to skip.
  sqlite: { for_update: '', skip_locked: '' },
  postgres: { for_update: 'for update', skip_locked: 'for update skip locked' },
};

const APPEND_ONLY: Record<Dialect, (table: string) => string> = {
  sqlite: (table) =>
    ['update', 'delete']
      .map(
        (verb) =>
          `create trigger ${table}_no_${verb} before ${verb} on ${table} ` +
          `begin select raise(abort, '${table} is append-only'); end;`,
      )
      .join('\n'),
  postgres: (table) => `
create function ${table}_refuse() returns trigger language plpgsql as
  $$ begin raise exception '${table} is append-only'; end $$;
create trigger ${table}_append_only before update or delete or truncate on ${table}
  for each statement execute function ${table}_refuse();`,
};

/**
 * Fills the words in double braces of an SQL text in for one engine.
 * @throws RangeError for a word that the dialect does not have
 */
export function inDialect(dialect: Dialect, sql: string): string {
  return sql.replace(/\{\{(\w+)(?::(\w+))?\}\}/g, (_, word: string, argument: string | undefined) => {
    if (word === 'append_only' && argument !== undefined) return APPEND_ONLY[dialect](argument);
    const text = WORDS[dialect][word];
    if (text === undefined) throw new RangeError(`No such word in SQL: ${word}`);
    return text;
  });
}
