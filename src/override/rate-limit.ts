const MINUTE_MS = 60_000;

/** One person's commands on one pull request: enough for any real dialogue, too few for a storm. */
export const RATE_LIMITS = [
  { windowMs: 10 * MINUTE_MS, commands: 10 },
  { windowMs: 24 * 60 * MINUTE_MS, commands: 60 },
] as const;

/**
 * Whether one more command is taken. `earlier`: the times (milliseconds since the epoch) of the person's commands on the pull
 * request that were answered, refusals included. `first`: the limit was just reached, so this once it is said; later ones stay unanswered.
 */
export function checkRate(earlier: readonly number[], now: number): 'ok' | 'first' | 'silent' {
  const over = RATE_LIMITS.map(
    ({ windowMs, commands }) => earlier.filter((time) => time > now - windowMs).length - commands,
  );
  const most = Math.max(...over);
  if (most < 0) return 'ok';
  return most === 0 ? 'first' : 'silent';
}
