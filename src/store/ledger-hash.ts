import { createHash } from 'node:crypto';
import type { LedgerEntry } from './ports.ts';

/** What stands before the first entry. */
export const GENESIS = '';

/**
 * SHA-256 (hex) over an entry and the hash before it. `data` is the exact text that is stored, so that no rule for writing
 * JSON can make two readings of one entry.
 */
export function ledgerHash(entry: Omit<LedgerEntry, 'hash' | 'data'> & { readonly data: string }): string {
  const { seq, at, kind, repositoryId, pullRequest, actorId, data, previousHash } = entry;
  const fields = [seq, at, kind, repositoryId, pullRequest ?? null, actorId ?? null, data, previousHash];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
