import type { LedgerEntry } from '../../store/ports.ts';
import { feedText } from './feed-text.ts';
import type { SignedMessage } from './sign-message.ts';

/**
 * One entry as it is sent. The id is made of its place and its hash: the same entry is the same message however often it is
 * sent, and what a restored backup writes in its place is another. `text` is what chats with Slack's kind of webhook show. `data` is the entry as `ledger export` prints it.
 * @param pullRequestUrl absent: of no pull request, or its repository's name is not known
 */
export function feedMessage(entry: LedgerEntry, pullRequestUrl?: string): SignedMessage {
  return {
    id: `ledger_${entry.seq}_${entry.hash.slice(0, 32)}`,
    body: JSON.stringify({
      type: entry.kind,
      timestamp: new Date(entry.at).toISOString(),
      text: feedText(entry, pullRequestUrl),
      pullRequestUrl,
      data: entry,
    }),
  };
}
