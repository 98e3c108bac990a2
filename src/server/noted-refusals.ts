import type { Queue } from '../store/ports.ts';

/**
 * How long a delivery that could not be stored speaks against the store, unless a later one could be. Not for ever: a server
 * that is not ready is sent nothing by which it could see that there is room again.
 */
const COUNTS_MS = 10_000;

export interface NotedRefusals {
  readonly accept: Queue['accept'];
  /** Rejects with what the last delivery was refused for; a store may still have room for less than a delivery. */
  ping(): Promise<void>;
}

/** The queue's `accept`, and the store's `ping` as deliveries find the store. */
export function notedRefusals(accept: Queue['accept'], ping: () => Promise<void>, clock: () => number): NotedRefusals {
  let refusal: { readonly at: number; readonly error: unknown } | undefined;
  return {
    async accept(delivery) {
      try {
        const outcome = await accept(delivery);
        refusal = undefined;
        return outcome;
      } catch (error) {
        refusal = { at: clock(), error };
        throw error;
      }
    },
    async ping() {
      await ping();
      if (refusal && clock() - refusal.at < COUNTS_MS) throw refusal.error;
    },
  };
}
