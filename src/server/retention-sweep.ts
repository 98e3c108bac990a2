import type { Store } from '../store/open-store.ts';
import type { Sweep } from './sweep.ts';

const HOUR_MS = 60 * 60_000;

/** Removes what has been kept long enough; the ledger is never touched. */
export function retentionSweep(store: Pick<Store, 'prune'>): Sweep {
  return {
    name: 'retention',
    everyMs: 6 * HOUR_MS,
    async run({ now, log }) {
      const removed = await store.prune(now);
      log.info({ removed }, 'old rows removed');
    },
  };
}
