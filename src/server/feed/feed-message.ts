import type { LedgerEntry } from '../../store/ports.ts';
import type { SignedMessage } from './sign-message.ts';

/**
 * One entry as it is sent. The id is made of its place and its hash: the same entry is the same message however often it is
 * sent, and what a restored backup writes in its place is another. `data` is the entry as `ledger export` prints it.
 * @param pullRequestUrl absent: of no pull request, or its repository's name is not known
 */
export function feedMessage(entry: LedgerEntry, pullRequestUrl?: string): SignedMessage {
  return {
    id: `ledger_${entry.seq}_${entry.hash.slice(0, 32)}`,
    body: JSON.stringify({
      type: entry.kind,
      timestamp: new Date(entry.at).toISOString(),
      pullRequestUrl,
      data: entry,
    }),
  };
}
