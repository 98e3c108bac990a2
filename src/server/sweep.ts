import type { Log } from './log.ts';

/** What a sweep may use while it runs. */
export interface SweepContext {
  readonly now: number;
  /** Aborted when another process has taken over or this one must end. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Something that is looked after from time to time, by one process at a time. Must do no harm when done twice. */
export type Sweep = {
  /** Short and stable: metrics, the log and the store know it by this name. */
  readonly name: string;
  run(context: SweepContext): Promise<void>;
} & Due;

/** So long after its last run; or when it says so itself, by a look that writes nothing. */
type Due = { readonly everyMs: number } | { isDue(now: number): Promise<boolean> };
