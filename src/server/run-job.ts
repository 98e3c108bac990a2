import { backoff } from '../store/backoff.ts';
import { type Evaluate, InstallationPaused, type Lease, LeaseLost } from '../store/lease.ts';
import type { Job, Queue } from '../store/ports.ts';
import { jobIds } from './job-ids.ts';
import type { Log } from './log.ts';
import type { Metrics, RunOutcome } from './metrics.ts';
import { inSpan } from './trace.ts';

/** What running one job needs. Times are milliseconds. */
export interface JobRunner {
  readonly queue: Queue;
  readonly evaluate: Evaluate;
  readonly clock: () => number;
  /** From 0 (inclusive) to 1 (exclusive); spreads retries. */
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'run'>;
  readonly redact: (text: string) => string;
  /** Prolonged every quarter of it. */
  readonly leaseMs: number;
  /** An evaluation that takes longer is stopped and counts as failed. */
  readonly jobTimeoutMs: number;
}

/** A rate limit lasts an hour at most; whatever a header says, nobody waits longer for it than two. */
const LONGEST_PAUSE_MS = 2 * 60 * 60_000;

/**
 * Runs one claimed job to its end: finished, failed with a time for the next try, paused, or lease lost. Never rejects for
 * what the evaluation does; rejects with the store's error if the outcome could not be stored (the lease then runs out).
 * @param stop aborted when the process must end now: the lease is given back
 */
export async function runJob(runner: JobRunner, job: Job, stop: AbortSignal): Promise<RunOutcome> {
  const started = runner.clock();
  const hold = holdLease(runner, job, stop);
  const ids = jobIds(job);
  const attributes = { 'sightline.job': job.key, 'sightline.attempt': job.attempts, ...ids };
  try {
    const outcome = await inSpan('evaluate', attributes, () => untilStopped(runner, job, hold.lease)).then(
      ({ handledHints, record }) => runner.queue.finish(job, handledHints, record).then(finishedOrLost),
      (error: unknown) => settle(runner, job, error, stop),
    );
    const seconds = (runner.clock() - started) / 1_000;
    runner.metrics.run(outcome, seconds);
    runner.log.info({ ...ids, job: job.key, attempt: job.attempts, outcome, seconds }, 'job ended');
    return outcome;
  } finally {
    hold.letGo();
  }
}

function finishedOrLost(stored: boolean): RunOutcome {
  return stored ? 'finished' : 'lease_lost';
}

/** The evaluation, or the reason why it is no longer waited for; what it does afterwards has no lease. */
function untilStopped(runner: JobRunner, job: Job, lease: Lease): ReturnType<Evaluate> {
  const { signal } = lease;
  return new Promise((resolve, reject) => {
    const stopped = () => reject(signal.reason);
    signal.addEventListener('abort', stopped, { once: true });
    if (signal.aborted) stopped();
    Promise.resolve()
      .then(() => runner.evaluate(job, lease))
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stopped));
  });
}

class JobTimedOut extends Error {
  override readonly name = 'JobTimedOut';
}

async function settle(runner: JobRunner, job: Job, error: unknown, stop: AbortSignal): Promise<RunOutcome> {
  const { queue, clock } = runner;
  if (error instanceof LeaseLost) return 'lease_lost';
  if (stop.aborted) return (await queue.release(job)) ? 'paused' : 'lease_lost';
  if (error instanceof InstallationPaused) {
    const now = clock();
    const until = Math.min(Math.max(error.until, now + 1_000), now + LONGEST_PAUSE_MS);
    runner.log.warn({ ...jobIds(job), until: new Date(until).toISOString(), reason: error.message }, 'rate limit');
    await queue.pauseInstallation(error.installationId, until);
    return (await queue.release(job)) ? 'paused' : 'lease_lost';
  }
  runner.log.error({ ...jobIds(job), job: job.key, attempt: job.attempts, err: error }, 'evaluation failed');
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const retryAt = clock() + backoff(job.attempts, runner.random());
  const stored = await queue.fail(job, runner.redact(message), retryAt);
  if (!stored) return 'lease_lost';
  return error instanceof JobTimedOut ? 'timed_out' : 'failed';
}

/** Keeps the lease alive until it is let go, and aborts its signal when that is no longer possible. */
function holdLease(runner: JobRunner, job: Job, stop: AbortSignal): { readonly lease: Lease; letGo(): void } {
  const { queue, clock, leaseMs } = runner;
  const controller = new AbortController();
  const timeout = setTimeout(
    () => controller.abort(new JobTimedOut(`It took longer than ${runner.jobTimeoutMs / 1_000} s and was stopped`)),
    runner.jobTimeoutMs,
  );
  let heldUntil = job.leaseUntil;
  async function ensure(): Promise<void> {
    controller.signal.throwIfAborted();
    const until = clock() + leaseMs;
    if (!(await queue.heartbeat(job, until))) controller.abort(new LeaseLost(job.key));
    heldUntil = until;
    controller.signal.throwIfAborted();
  }
  // A store that does not answer may come back in time: nobody else takes the job before the lease ends.
  const beat = setInterval(() => void ensure().catch(() => undefined), leaseMs / 4);
  let watch: NodeJS.Timeout;
  function lookAtLease(): void {
    const left = heldUntil - clock();
    if (left > 0) watch = setTimeout(lookAtLease, left);
    else controller.abort(new LeaseLost(job.key));
  }
  lookAtLease();
  const onStop = () => controller.abort(stop.reason);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  return {
    lease: { signal: controller.signal, ensure },
    letGo() {
      clearTimeout(timeout);
      clearInterval(beat);
      clearTimeout(watch);
      stop.removeEventListener('abort', onStop);
    },
  };
}
