import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { withEnvFile } from '../server/read-env-file.ts';
import { readStoreLocation, SettingsError } from '../server/settings.ts';
import { isPostgres, openStore, type Store } from '../store/open-store.ts';
import { StoreError } from '../store/store-error.ts';
import { type CommandContext, UsageError } from './command.ts';

const WHERE =
  'Run it where the server runs, or set SIGHTLINE_STORE (path) or DATABASE_URL (postgres://…) as the server has them.';

/**
 * Opens the server's store for one command and closes it again.
 * @throws UsageError if there is no store, or something is wrong with it
 */
export async function withStore<T>(context: CommandContext, work: (store: Store) => Promise<T>): Promise<T> {
  return readableErrors(async () => {
    const store = await openStore(existingStore(context), { upgrade: false });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  });
}

/**
 * Where the server's store is.
 * @throws UsageError if there is none: a question must not leave an empty store behind
 */
export function existingStore(context: CommandContext): string {
  const given = storeLocation(context);
  const location = isPostgres(given) ? given : resolve(context.cwd, given);
  if (!isPostgres(location) && !existsSync(location)) throw new UsageError(`there is no store at ${location}.`, WHERE);
  return location;
}

function storeLocation(context: CommandContext): string {
  try {
    return readStoreLocation(withEnvFile(context.env, context.cwd));
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.problems.join(' '), WHERE);
    throw error;
  }
}

/** Says what the store's errors say, without a stack trace. */
export async function readableErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(error.problem, error.advice);
    throw error;
  }
}
