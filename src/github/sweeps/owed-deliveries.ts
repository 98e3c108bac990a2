import type { State, StateRecord } from '../../store/ports.ts';
import { isGitHubError } from '../github-error.ts';
import type { Octokit } from '../octokit.ts';

const MINUTE_MS = 60_000;

/** GitHub keeps deliveries that long: https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
export const KEPT_MS = 3 * 24 * 60 * MINUTE_MS;

/** Each time a delivery fails again, the pause before it is asked for once more doubles, up to the longest. */
const FIRST_PAUSE_MS = 5 * MINUTE_MS;
const LONGEST_PAUSE_MS = 120 * MINUTE_MS;

/** At a request each second they keep the other sweeps waiting for three minutes. */
const MOST_AT_ONCE = 200;

const KIND = 'redelivery';

/** A delivery that did not reach us. */
export interface Owed {
  /** Of one attempt at it. */
  readonly deliveryId: number;
  /** When it failed first, in milliseconds since the epoch. */
  readonly since: number;
  /** How often it was asked for. */
  readonly asked: number;
}

/** What GitHub owes us, by GUID; in the store, so that it outlives the stretch of GitHub's log in which it was seen to fail. */
export interface OwedDeliveries {
  has(guid: string): boolean;
  readonly count: number;
  /** To be asked for at once, unless it is known. */
  add(guid: string, delivery: Pick<Owed, 'deliveryId' | 'since'>): Promise<void>;
  /** It has arrived, or will not any more. */
  remove(guid: string): Promise<void>;
  /** Asks for those whose time has come, the most overdue first; returns how many. */
  ask(octokit: Octokit, signal: AbortSignal): Promise<number>;
}

export async function owedDeliveries(state: State, now: number): Promise<OwedDeliveries> {
  const records = new Map((await state.list({ kind: KIND })).map((record) => [record.name, record]));
  async function write(guid: string, value: Owed, askAt: number): Promise<void> {
    const key = { kind: KIND, repositoryId: 0, pullRequest: 0, name: guid };
    const version = records.get(guid)?.version ?? 0;
    if (!(await state.write(key, { version, value, now, endsAt: askAt }))) return;
    records.set(guid, { ...key, version: version + 1, value, endsAt: askAt, changedAt: now });
  }
  async function remove(guid: string): Promise<void> {
    const record = records.get(guid);
    if (record) await state.remove(record, record.version);
    records.delete(guid);
  }
  async function askFor(octokit: Octokit, { name, value }: StateRecord): Promise<boolean> {
    const owed = value as Owed;
    if (now - owed.since > KEPT_MS) {
      await remove(name);
      return false;
    }
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** owed.asked, LONGEST_PAUSE_MS);
    await write(name, { ...owed, asked: owed.asked + 1 }, now + pause);
    return redeliver(octokit, owed.deliveryId);
  }
  return {
    has: (guid) => records.has(guid),
    get count() {
      return records.size;
    },
    add: async (guid, delivery) => {
      if (!records.has(guid)) await write(guid, { ...delivery, asked: 0 }, now);
    },
    remove,
    async ask(octokit, signal) {
      let asked = 0;
      for (const record of due(records.values(), now)) {
        signal.throwIfAborted();
        if (await askFor(octokit, record)) asked += 1;
      }
      return asked;
    },
  };
}

function due(records: Iterable<StateRecord>, now: number): readonly StateRecord[] {
  const ready = [...records].filter(({ endsAt = 0 }) => endsAt <= now);
  return ready.sort((a, b) => (a.endsAt ?? 0) - (b.endsAt ?? 0)).slice(0, MOST_AT_ONCE);
}

async function redeliver(octokit: Octokit, deliveryId: number): Promise<boolean> {
  try {
    await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: deliveryId });
    return true;
  } catch (error) {
    // GitHub has forgotten it; so do we when its days are over.
    if (isGitHubError(error, 'gone', 'refused')) return false;
    throw error;
  }
}
