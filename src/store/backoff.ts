/** First wait after a failure, and the longest. Twelve attempts span about two hours; what a longer outage killed is found by the sweeps. */
const FIRST_MS = 5_000;
const LONGEST_MS = 60 * 60_000;

/** After so many attempts a job goes to the dead letter. */
export const MAX_ATTEMPTS = 12;

/**
 * How long to wait after the `attempts`-th failed attempt (1-based), in milliseconds: doubled each time up to an hour, the
 * upper half of it drawn by chance so that jobs that failed together don't return together
 * ("equal jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * `random`: a number from 0 (inclusive) to 1 (exclusive).
 */
export function backoff(attempts: number, random: number): number {
  const doubled = FIRST_MS * 2 ** Math.min(Math.max(attempts, 1) - 1, 30);
  const whole = Math.min(doubled, LONGEST_MS);
  return Math.round(whole / 2 + (whole / 2) * random);
}
