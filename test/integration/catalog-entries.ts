import type { CatalogEntry, CatalogFile } from '../../src/integration/catalog-format.ts';
import { CATALOG, scanText } from './scan-text.ts';

/** An entry of the catalog with its provider. */
export type Shown = { readonly provider: CatalogFile; readonly entry: CatalogEntry };
/** Every entry of every provider. */
export const ENTRIES: readonly Shown[] = CATALOG.providers.flatMap((provider) =>
  provider.entries.map((entry) => ({ provider, entry })),
);

/** Writes each of some things into one file and says which of them were not found. */
export async function missedOf<T extends Shown>(
  path: string,
  items: readonly T[],
  write: (item: T) => string,
  file: (parts: string[]) => string,
) {
  const found = await scanText(path, file(items.map(write)));
  const shown = new Set(found.map((one) => `${one.provider} ${one.capability}`));
  const more = new Set(found.filter((one) => one.capability !== 'unspecified').map((one) => one.provider));
  return items
    .filter(({ provider, entry }) => {
      if (entry.capability === 'unspecified' && more.has(provider.provider)) return false;
      return !shown.has(`${provider.provider} ${entry.capability}`);
    })
    .map(write);
}
