import { existsSync } from 'node:fs';
import { isPostgres, openStore, type Store } from '../../store/open-store.ts';

/**
 * What a look into the server's store gives; undefined: it is not there yet, and a look must not make it.
 * @throws StoreError
 */
export async function lookIntoStore<T>(location: string, look: (store: Store) => Promise<T>): Promise<T | undefined> {
  if (!isPostgres(location) && !existsSync(location)) return undefined;
  const store = await openStore(location, { upgrade: false });
  return look(store).finally(() => store.close());
}
