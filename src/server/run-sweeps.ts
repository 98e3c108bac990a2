import { randomUUID } from 'node:crypto';
import type { Store } from '../store/open-store.ts';
import type { StateKey, StateRecord } from '../store/ports.ts';
import { atMost } from './at-most.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Sweep } from './sweep.ts';
import { inSpan } from './trace.ts';

export interface SweepsOptions {
  readonly store: Pick<Store, 'locks' | 'state'>;
  readonly sweeps: readonly Sweep[];
  /** Under which the processes agree on who runs them; what is slow by nature has one of its own. */
  readonly lock?: string;
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'sweep'>;
  /** How often to look whether a sweep is due. */
  readonly tickMs?: number;
  /** After so long without a sign of life another process takes over. */
  readonly leaseMs?: number;
}

export interface RunningSweeps {
  stop(graceMs: number): Promise<void>;
}

/** To give the lock back. */
const LAST_WORDS_MS = 500;

const DEFAULTS = { lock: 'sweeps', tickMs: 15_000, leaseMs: 60_000 };

/** Runs sweeps when they are due, whichever of the processes on one store holds the lock; one sweep after the other. */
export function runSweeps(given: SweepsOptions): RunningSweeps {
  const options = { ...DEFAULTS, ...given };
  const holder = randomUUID();
  const stop = new AbortController();
  let round: Promise<void> | undefined;
  function tick(): void {
    if (round) return;
    round = sweepRound(options, holder, stop.signal)
      .catch((error: unknown) => options.log.error({ err: error }, 'sweeps could not run; they are tried again'))
      .finally(() => {
        round = undefined;
      });
  }
  const timer = setInterval(tick, options.tickMs);
  tick();
  return {
    async stop(graceMs) {
      clearInterval(timer);
      if (round) await atMost(round, graceMs);
      stop.abort(new Error('The process is shutting down'));
      // A request to GitHub that hangs is not waited for: what it would have done, the next process does.
      if (round) await atMost(round, LAST_WORDS_MS);
    },
  };
}

type Options = SweepsOptions & typeof DEFAULTS;

async function sweepRound(options: Options, holder: string, stop: AbortSignal): Promise<void> {
  const { store, clock, lock, leaseMs } = options;
  // Looking costs no write: an idle server leaves the disk alone.
  if (!(await isAnyDue(options))) return;
  const acquire = () => store.locks.acquire(lock, holder, clock(), clock() + leaseMs);
  if (!(await acquire())) return;
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const beat = setInterval(() => {
    acquire().then(
      (held) => held || lost.abort(new Error('Another process sweeps')),
      () => lost.abort(new Error('The store does not answer')),
    );
  }, leaseMs / 4);
  try {
    for (const sweep of options.sweeps) {
      if (signal.aborted) return;
      await sweepIfDue(options, sweep, signal);
    }
  } finally {
    clearInterval(beat);
    await store.locks.release(lock, holder);
  }
}

async function isAnyDue(options: Options): Promise<boolean> {
  for (const sweep of options.sweeps) if (await isDue(options, sweep)) return true;
  return false;
}

function lastRun({ store }: Options, sweep: Sweep): Promise<StateRecord | undefined> {
  return store.state.read(keyOf(sweep));
}

function keyOf({ name }: Sweep): StateKey {
  return { kind: 'sweep', repositoryId: 0, pullRequest: 0, name };
}

async function isDue(options: Options, sweep: Sweep): Promise<boolean> {
  const now = options.clock();
  if ('isDue' in sweep) return sweep.isDue(now);
  const last = await lastRun(options, sweep);
  return !last || now - last.changedAt >= sweep.everyMs;
}

async function sweepIfDue(options: Options, sweep: Sweep, signal: AbortSignal): Promise<void> {
  const { store, clock, metrics } = options;
  if (!(await isDue(options, sweep))) return;
  const now = clock();
  const log = options.log.child({ sweep: sweep.name });
  try {
    await inSpan('sweep', { 'sightline.sweep': sweep.name }, () => sweep.run({ now, signal, log }));
    metrics.sweep(sweep.name, 'done');
  } catch (error) {
    if (signal.aborted) return;
    metrics.sweep(sweep.name, 'failed');
    log.error({ err: error }, 'sweep failed; it is tried again when it is due next');
  }
  if ('isDue' in sweep) return;
  const last = await lastRun(options, sweep);
  await store.state.write(keyOf(sweep), { version: last?.version ?? 0, value: null, now });
}
