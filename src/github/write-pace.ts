import { RateLimited } from './github-error.ts';

/** How many writes may follow each other at once, and how many a millisecond come back. */
interface Allowance {
  readonly burst: number;
  readonly perMs: number;
}

/** "At least one second between each" of many writes: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const WRITES: Allowance = { burst: 30, perMs: 1 / 1000 };

/** 80 a minute and 500 an hour that create content: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const CONTENT: Allowance = { burst: 60, perMs: 440 / 3_600_000 };

/** Longer waits are not sat out with a job in the hand. */
const LONGEST_WAIT_MS = 5_000;

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Keeps each installation within GitHub's secondary limits for writes. Resolves when the write may go out; throws
 * `RateLimited` where that would take more than a few seconds.
 */
export type WritePace = (installationId: number, createsContent: boolean) => Promise<void>;

/** A pace for all installations of this process. Buckets that are full again are forgotten. */
export function createWritePace(clock: Clock): WritePace {
  const buckets = new Map<string, { left: number; at: number }>();
  function take(key: string, { burst, perMs }: Allowance): number {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + (now - bucket.at) * perMs) - 1;
    const waitMs = left >= 0 ? 0 : Math.ceil(-left / perMs);
    if (waitMs > LONGEST_WAIT_MS)
      throw new RateLimited(now + waitMs, 'Too many writes in a row; waiting for our turn.');
    buckets.set(key, { left, at: now });
    return waitMs;
  }
  function forget(): void {
    if (buckets.size < 1000) return;
    for (const [key, { at }] of buckets) if (clock.now() - at > 3_600_000) buckets.delete(key);
  }
  return async (installationId, createsContent) => {
    forget();
    const waitMs = Math.max(
      take(`${installationId}`, WRITES),
      createsContent ? take(`${installationId}/content`, CONTENT) : 0,
    );
    if (waitMs > 0) await clock.sleep(waitMs);
  };
}
