import type { Log } from './log.ts';

/** What a sweep may use while it runs. */
export interface SweepContext {
  readonly now: number;
  /** Aborted when another process has taken over or this one must end. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Something that is looked after from time to time, by one process at a time. Must do no harm when done twice. */
export interface Sweep {
  /** Short and stable: metrics, the log and the store know it by this name. */
  readonly name: string;
  readonly everyMs: number;
  run(context: SweepContext): Promise<void>;
}
