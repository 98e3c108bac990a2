import type { State, StateKey } from '../../store/ports.ts';

/** Since when the receiver takes nothing, and what comes of it. Times are milliseconds since the epoch. */
export interface Failing {
  readonly since: number;
  /** The last attempt. */
  readonly at: number;
  readonly attempts: number;
  readonly status: number;
  readonly why: string;
  readonly advice: string;
  /** Absent: not before a process is started anew. */
  readonly retryAt?: number;
}

/** How far the ledger has been dealt with. */
export interface FeedPosition {
  /** Number of the last entry that was sent or was not to be sent. */
  readonly seq: number;
  readonly failing?: Failing;
}

export interface FeedCursor extends FeedPosition {
  readonly version: number;
}

const KEY: StateKey = { kind: 'ledger_feed', repositoryId: 0, pullRequest: 0, name: 'cursor' };

/** Where the feed stands; undefined: it has never begun. */
export async function readFeedCursor(state: Pick<State, 'read'>): Promise<FeedCursor | undefined> {
  const record = await state.read(KEY);
  return record && { ...(record.value as FeedPosition), version: record.version };
}

/** Stores where the feed stands now; undefined: another process was faster, and sends on from there. */
export async function moveFeedCursor(
  state: Pick<State, 'write'>,
  from: FeedCursor | undefined,
  to: FeedPosition,
  now: number,
): Promise<FeedCursor | undefined> {
  const version = from?.version ?? 0;
  return (await state.write(KEY, { version, value: to, now })) ? { ...to, version: version + 1 } : undefined;
}
