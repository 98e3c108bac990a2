import { RateLimited } from './github-error.ts';
import { textAt } from './payload.ts';

/** How much may be spent at once, and how much a millisecond comes back. In any span no more than both together goes out. */
interface Allowance {
  readonly burst: number;
  readonly perMs: number;
}

const MINUTE_MS = 60_000;

/** 900 points a minute by REST: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
const REST: Allowance = { burst: 250, perMs: 600 / MINUTE_MS };

/** 2,000 points a minute by GraphQL (same page). */
const GRAPHQL: Allowance = { burst: 500, perMs: 1_400 / MINUTE_MS };

/** "At least one second between each" of many writes: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const WRITES: Allowance = { burst: 30, perMs: 1 / 1_000 };

/** 80 a minute and 500 an hour that create content (first page). */
const CONTENT: Allowance = { burst: 60, perMs: 440 / 3_600_000 };

/** What a request counts in points (first page). */
const POINTS = { reading: 1, writing: 5 };

/** Longer waits are not sat out with a job in the hand; a sweep has nothing else to do. */
const LONGEST_WAIT_MS = { foreground: 5_000, background: 60_000 };

/** What is left of an hour's requests when we stop: answers that are under way may have been counted already. */
const RESERVE = 50;

/** Sweeps and the like leave the larger part of the hour to what people wait for. */
const BACKGROUND_RESERVE_SHARE = 0.6;

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** What a request is, as far as limits care. */
export interface PacedRequest {
  readonly resource: 'core' | 'graphql';
  readonly writes: boolean;
  readonly createsContent: boolean;
  /** Nobody waits for it. */
  readonly background: boolean;
}

/** Keeps each installation within GitHub's limits; 0 stands for the app itself. One for all requests of a process. */
export interface RequestPace {
  /** Resolves when the request may go out; throws `RateLimited` where that would take more than a few seconds. */
  turn(installationId: number, request: PacedRequest): Promise<void>;
  /** Takes note of what an answer's headers say is left of the hour. */
  seen(installationId: number, headers: unknown): void;
}

interface Hour {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
}

/** A pace for all installations of this process. Buckets that are full again are forgotten. */
export function createRequestPace(clock: Clock): RequestPace {
  const buckets = createBuckets(clock);
  const hours = new Map<string, Hour>();
  return {
    async turn(installationId, request) {
      const hour = hours.get(`${installationId}/${request.resource}`);
      if (hour && clock.now() < hour.resetAt) refuseIfSpent(hour, request);
      const longest = LONGEST_WAIT_MS[request.background ? 'background' : 'foreground'];
      const waitMs = buckets.spend(installationId, costsOf(request), longest);
      if (waitMs > 0) await clock.sleep(waitMs);
    },
    seen(installationId, headers) {
      const number = (name: string) => Number(textAt(headers, `x-ratelimit-${name}`) ?? Number.NaN);
      const hour = { limit: number('limit'), remaining: number('remaining'), resetAt: number('reset') * 1_000 };
      if (Object.values(hour).every(Number.isFinite)) {
        hours.set(`${installationId}/${textAt(headers, 'x-ratelimit-resource') ?? 'core'}`, hour);
      }
    },
  };
}

function refuseIfSpent({ limit, remaining, resetAt }: Hour, { background }: PacedRequest): void {
  const reserve = background ? limit * BACKGROUND_RESERVE_SHARE : Math.min(RESERVE, limit / 2);
  if (remaining > reserve) return;
  throw new RateLimited(
    resetAt + 1_000,
    `${remaining} of ${limit} requests are left of this hour; waiting for the next.`,
  );
}

type Cost = readonly [name: string, allowance: Allowance, amount: number];

function costsOf({ resource, writes, createsContent }: PacedRequest): readonly Cost[] {
  const points = writes ? POINTS.writing : POINTS.reading;
  return [
    resource === 'core' ? ['rest', REST, points] : ['graphql', GRAPHQL, points],
    ...(writes ? ([['writes', WRITES, 1]] as const) : []),
    ...(createsContent ? ([['content', CONTENT, 1]] as const) : []),
  ];
}

function createBuckets(clock: Clock): {
  spend(installationId: number, costs: readonly Cost[], longestMs: number): number;
} {
  const buckets = new Map<string, { left: number; at: number }>();
  function forget(now: number): void {
    if (buckets.size < 1_000) return;
    for (const [key, { at }] of buckets) if (now - at > 3_600_000) buckets.delete(key);
  }
  return {
    /** Milliseconds to wait. Spends nothing where it throws. */
    spend(installationId, costs, longestMs) {
      const now = clock.now();
      forget(now);
      const spent = costs.map(([name, { burst, perMs }, amount]) => {
        const key = `${installationId}/${name}`;
        const bucket = buckets.get(key) ?? { left: burst, at: now };
        const left = Math.min(burst, bucket.left + (now - bucket.at) * perMs) - amount;
        return { key, left, waitMs: left >= 0 ? 0 : Math.ceil(-left / perMs) };
      });
      const waitMs = Math.max(...spent.map((one) => one.waitMs));
      if (waitMs > longestMs) throw new RateLimited(now + waitMs, 'Too many requests in a row; waiting for our turn.');
      for (const { key, left } of spent) buckets.set(key, { left, at: now });
      return waitMs;
    },
  };
}
