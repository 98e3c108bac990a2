import { backoff } from '../../store/backoff.ts';
import type { Store } from '../../store/open-store.ts';
import type { LedgerEntry } from '../../store/ports.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Sweep } from '../sweep.ts';
import { type Failing, type FeedCursor, type FeedPosition, moveFeedCursor, readFeedCursor } from './feed-cursor.ts';
import { feedMessage } from './feed-message.ts';
import type { FeedSettings } from './feed-settings.ts';
import { type FeedState, feedState, filterOf } from './feed-state.ts';
import { type PostOptions, postMessage, type Refusal } from './post-message.ts';
import { pullRequestUrls } from './pull-request-urls.ts';

export interface FeedParts {
  readonly feed: FeedSettings;
  readonly store: Pick<Store, 'state' | 'ledger' | 'cache' | 'lastSeenName'>;
  /** Where people look at GitHub, without a slash at its end. */
  readonly webUrl: string;
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'feedSent' | 'feedFailed' | 'feedWaiting'>;
  /** For one attempt. */
  readonly timeoutMs?: number;
  /** From 0 (inclusive) to 1 (exclusive), for the back-off. */
  readonly random?: () => number;
}

const DEFAULTS = { timeoutMs: 20_000, random: Math.random };
type Parts = FeedParts & typeof DEFAULTS;

/** Entries read at a time; a verdict may be long. */
const PAGE = 20;
/** A receiver that asks for more patience than that is asked again all the same. */
const LONGEST_WAIT_MS = 60 * 60_000;
/** From then on it is no passing trouble. */
const LONG_MS = 60 * 60_000;

/**
 * Sends what is written to the ledger to the feed's address: each entry at least once, in order, one at a time. The ledger is
 * the outbox; a cursor in the store moves when the receiver has taken an entry. While it does not, all behind waits, with growing
 * patience; after 410 (Gone) until a process starts anew, which always tries once. Begins at the ledger's end.
 */
export function feedSweep(given: FeedParts): Sweep {
  const parts = { ...DEFAULTS, ...given };
  const startedAt = parts.clock();
  return {
    name: 'ledger_feed',
    async isDue(now) {
      const { cursor, end } = await look(parts, now);
      if (!cursor) return true;
      if (cursor.seq >= end) return false;
      const { failing } = cursor;
      // Whoever restarts a server may have changed what was wrong.
      return !failing || failing.at < startedAt || (failing.retryAt !== undefined && now >= failing.retryAt);
    },
    async run({ now, signal, log }) {
      const cursor = await readFeedCursor(parts.store.state);
      if (cursor) await sendOn(parts, cursor, signal, log);
      else await begin(parts, now, log);
      await look(parts, parts.clock());
    },
  };
}

/** How the feed stands, for the metrics as well. */
async function look({ store, feed, metrics }: Parts, now: number): Promise<FeedState> {
  const state = await feedState(store, feed.kinds, now);
  metrics.feedWaiting(state.waiting, state.oldestAgeMs);
  return state;
}

async function begin({ store, feed }: Parts, now: number, log: Log): Promise<void> {
  const { seq } = await store.ledger.head();
  await moveFeedCursor(store.state, undefined, { seq }, now);
  log.info({ after: seq, to: new URL(feed.url).origin, kinds: feed.kinds }, 'the ledger feed begins behind this entry');
}

async function sendOn(parts: Parts, from: FeedCursor, signal: AbortSignal, log: Log): Promise<void> {
  const { store, feed } = parts;
  const urlOf = pullRequestUrls(store, parts.webUrl);
  let cursor: FeedCursor | undefined = from;
  while (!signal.aborted) {
    const { end } = await look(parts, parts.clock());
    const filter = { ...filterOf(feed.kinds), afterSeq: cursor.seq, limit: PAGE };
    const entries: readonly LedgerEntry[] = await store.ledger.read(filter);
    for (const entry of entries) {
      if (signal.aborted) return;
      cursor = await sendOne(parts, cursor, entry, await urlOf(entry), { signal, log });
      if (!cursor) return;
    }
    if (entries.length === PAGE) continue;
    // What lies between is not to be sent, and is not looked at again.
    if (end > cursor.seq) await moveFeedCursor(store.state, cursor, { seq: end }, parts.clock());
    return;
  }
}

/** Where the feed stands when the entry is sent; undefined: it goes no further for now. */
async function sendOne(
  parts: Parts,
  cursor: FeedCursor,
  entry: LedgerEntry,
  pullRequestUrl: string | undefined,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Log },
): Promise<FeedCursor | undefined> {
  const { store, feed, clock, metrics } = parts;
  const refusal = await postMessage(feed, feedMessage(entry, pullRequestUrl), parts satisfies PostOptions, signal);
  if (!refusal) {
    metrics.feedSent();
    log.debug({ seq: entry.seq, kind: entry.kind }, 'entry sent');
    if (cursor.failing) log.info({ seq: entry.seq }, 'the ledger feed is taken again');
    return moveFeedCursor(store.state, cursor, { seq: entry.seq }, clock());
  }
  if (signal.aborted) return undefined;
  metrics.feedFailed(refusal.status);
  const position = refused(cursor, refusal, clock(), parts.random());
  await moveFeedCursor(store.state, cursor, position, clock());
  tell(log, position.failing, entry, clock());
  return undefined;
}

function refused(
  { seq, failing }: FeedCursor,
  { status, why, advice, retryAfterMs = 0 }: Refusal,
  now: number,
  random: number,
): FeedPosition & { readonly failing: Failing } {
  const attempts = (failing?.attempts ?? 0) + 1;
  const wait = Math.max(backoff(attempts, random), Math.min(retryAfterMs, LONGEST_WAIT_MS));
  const retry = status === 410 ? {} : { retryAt: now + wait };
  return { seq, failing: { since: failing?.since ?? now, at: now, attempts, status, why, advice, ...retry } };
}

function tell(
  log: Log,
  { since, attempts, status, why, advice, retryAt }: Failing,
  entry: LedgerEntry,
  now: number,
): void {
  const next = retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() };
  const about = { seq: entry.seq, status, attempts, since: new Date(since).toISOString(), why, advice, ...next };
  if (retryAt === undefined) {
    log.error(about, 'the ledger feed has ended: its receiver is gone; entries wait in the ledger');
  } else if (now - since >= LONG_MS) {
    log.error(about, 'the ledger feed has not been taken for long; entries wait in the ledger');
  } else {
    log.warn(about, 'the ledger feed was not taken; it is tried again');
  }
}
