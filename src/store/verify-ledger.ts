import type { Database } from './database.ts';
import { GENESIS, ledgerHash } from './ledger-hash.ts';
import { ledgerHead, type StoredEntry, storedEntries } from './ledger-table.ts';

/** How the ledger's chain was found. `head`: its last entry, to be noted outside of the store. */
export type LedgerVerification =
  | { readonly intact: true; readonly entries: number; readonly head: { readonly seq: number; readonly hash: string } }
  | { readonly intact: false; readonly seq: number; readonly reason: string };

/**
 * Reads the whole chain and recomputes every hash.
 * `noted`: an entry's number and hash that were written down earlier; with it a chain cut off and rebuilt is found as well.
 */
export async function verifyLedger(
  database: Database,
  noted?: { readonly seq: number; readonly hash: string },
): Promise<LedgerVerification> {
  // The end is read first: what is appended during the reading is beyond it and does not disturb.
  const end = await ledgerHead(database);
  let last = { seq: 0, hash: GENESIS };
  let sawNoted = noted === undefined;
  while (last.seq < end.seq) {
    const page = await storedEntries(database, last.seq);
    if (page.length === 0) break;
    for (const entry of page.filter(({ seq }) => seq <= end.seq)) {
      const reason = fault(entry, last);
      if (reason) return { intact: false, seq: entry.seq, reason };
      last = { seq: entry.seq, hash: entry.hash };
      if (noted && entry.seq === noted.seq && entry.hash === noted.hash) sawNoted = true;
    }
    if ((page.at(-1)?.seq ?? 0) > end.seq) break;
  }
  if (last.seq !== end.seq || last.hash !== end.hash) {
    return {
      intact: false,
      seq: last.seq,
      reason: `the chain ends at ${last.seq}, but ${end.seq} entries were written`,
    };
  }
  if (!sawNoted) {
    return {
      intact: false,
      seq: noted?.seq ?? 0,
      reason: 'the noted entry is not in the chain: it was cut or rebuilt',
    };
  }
  return { intact: true, entries: last.seq, head: last };
}

function fault(entry: StoredEntry, last: { readonly seq: number; readonly hash: string }): string | undefined {
  if (entry.seq !== last.seq + 1) return `entry ${last.seq + 1} is missing`;
  if (entry.previousHash !== last.hash) return 'it does not follow the entry before it';
  if (entry.hash !== ledgerHash(entry)) return 'its content was changed after it was written';
  return undefined;
}
