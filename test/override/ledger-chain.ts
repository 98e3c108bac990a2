import { GENESIS, ledgerHash } from '../../src/store/ledger-hash.ts';
import type { LedgerEntry } from '../../src/store/ports.ts';

/** A ledger in memory: entries as the store chains them, the data as the text that is stored. */
export type Chained = Omit<LedgerEntry, 'data'> & { readonly data: string };

/** The entry of an event at the end of a chain. */
export function chain(entries: readonly Chained[], event: { readonly kind: string; readonly at: number }): Chained {
  const last = entries.at(-1);
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: event.at,
    kind: event.kind,
    repositoryId: 1,
    data: JSON.stringify(event),
    previousHash: last?.hash ?? GENESIS,
  };
  return { ...entry, hash: ledgerHash(entry) };
}

/** The first entry (from 1) that does not follow from the one before it, or was changed; undefined where all do. */
export function brokenAt(entries: readonly Chained[]): number | undefined {
  const index = entries.findIndex(({ hash, ...entry }, at) => {
    const before = entries[at - 1];
    const follows = entry.seq === at + 1 && entry.previousHash === (before?.hash ?? GENESIS);
    return !follows || hash !== ledgerHash(entry);
  });
  return index < 0 ? undefined : index + 1;
}
