import type { Store } from '../../store/open-store.ts';
import type { LedgerFilter } from '../../store/ports.ts';
import { type FeedCursor, readFeedCursor } from './feed-cursor.ts';
import type { FeedKinds } from './feed-settings.ts';
import { DECISIONS } from './feed-text.ts';

/** Which entries are sent, as the ledger's filter. */
export function filterOf(kinds: FeedKinds): Pick<LedgerFilter, 'kinds'> {
  return kinds === 'all' ? {} : { kinds: DECISIONS };
}

/** It is looked at every few seconds, however long a receiver is away. */
const MOST_COUNTED = 10_000;

export interface FeedState {
  /** Absent: it has never begun. */
  readonly cursor?: FeedCursor;
  /** Number of the ledger's last entry. */
  readonly end: number;
  /** Entries still to be sent; 10,000 stands for all that is more. */
  readonly waiting: number;
  /** Age of the oldest of them, in milliseconds; 0 where there is none. */
  readonly oldestAgeMs: number;
}

/** How the feed stands. Writes nothing. */
export async function feedState(
  store: Pick<Store, 'state' | 'ledger'>,
  kinds: FeedKinds,
  now: number,
): Promise<FeedState> {
  const cursor = await readFeedCursor(store.state);
  const { seq: end } = await store.ledger.head();
  if (!cursor || cursor.seq >= end) return { ...(cursor ? { cursor } : {}), end, waiting: 0, oldestAgeMs: 0 };
  const { entries, oldestAt } = await store.ledger.measure({
    ...filterOf(kinds),
    afterSeq: cursor.seq,
    limit: MOST_COUNTED,
  });
  return { cursor, end, waiting: entries, oldestAgeMs: oldestAt === undefined ? 0 : Math.max(0, now - oldestAt) };
}
