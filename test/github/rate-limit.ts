import type { Actor } from './actor.ts';
import type { Reply } from './reply.ts';

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export interface RateLimits {
  /** Requests an hour for each installation, person or app. */
  readonly core: number;
  readonly graphql: number;
  /** Points a minute: reading 1, writing 5. */
  readonly pointsPerMinute: number;
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
  readonly concurrent: number;
  /** Without it limits are told in headers and never refuse. */
  readonly enforced: boolean;
}

export const RATE_LIMITS: RateLimits = {
  core: 5000,
  graphql: 5000,
  pointsPerMinute: 900,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
  enforced: false,
};

type Resource = 'core' | 'graphql';

interface Bucket {
  used: number;
  resetAt: number;
}

export interface RateLimiter {
  /** Counts a request in; a reply means that it is refused. */
  admit(
    actor: Actor,
    request: { readonly method: string; readonly graphql: boolean; readonly creates: boolean },
  ): Reply | undefined;
  /** The request has been answered. A 304 costs nothing. */
  leave(actor: Actor, graphql: boolean, notModified: boolean): void;
  headers(actor: Actor, graphql: boolean): Record<string, string>;
  overview(actor: Actor): unknown;
  /** The most that was ever reached, over all actors: for tests that limits were kept. */
  readonly peaks: { concurrent: number; contentPerMinute: number; pointsPerMinute: number; refused: number };
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

export function createRateLimiter(limits: RateLimits, clock: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const recent = new Map<string, { readonly at: number; readonly points: number; readonly creates: boolean }[]>();
  let concurrent = 0;
  const bucketOf = (actor: Actor, resource: Resource): Bucket => {
    const key = `${resource} ${keyOf(actor)}`;
    const known = buckets.get(key);
    if (known !== undefined && known.resetAt > clock()) return known;
    const fresh = { used: 0, resetAt: clock() + HOUR };
    buckets.set(key, fresh);
    return fresh;
  };
  const describe = (actor: Actor, resource: Resource) => {
    const { used, resetAt } = bucketOf(actor, resource);
    const limit = limits[resource];
    return {
      limit,
      remaining: Math.max(limit - used, 0),
      reset: Math.ceil(resetAt / 1000),
      used: Math.min(used, limit),
    };
  };
  const limiter: RateLimiter = {
    peaks: { concurrent: 0, contentPerMinute: 0, pointsPerMinute: 0, refused: 0 },
    admit(actor, { method, graphql, creates }) {
      const resource = graphql ? 'graphql' : 'core';
      concurrent += 1;
      limiter.peaks.concurrent = Math.max(limiter.peaks.concurrent, concurrent);
      const log = (recent.get(keyOf(actor)) ?? []).filter((entry) => entry.at > clock() - HOUR);
      log.push({
        at: clock(),
        points: method === 'GET' || method === 'HEAD' ? 1 : graphql && !creates ? 1 : 5,
        creates,
      });
      recent.set(keyOf(actor), log);
      const lastMinute = log.filter((entry) => entry.at > clock() - MINUTE);
      const points = lastMinute.reduce((sum, entry) => sum + entry.points, 0);
      const content = lastMinute.filter((entry) => entry.creates).length;
      limiter.peaks.contentPerMinute = Math.max(limiter.peaks.contentPerMinute, content);
      limiter.peaks.pointsPerMinute = Math.max(limiter.peaks.pointsPerMinute, points);
      const bucket = bucketOf(actor, resource);
      bucket.used += 1;
      if (!limits.enforced) return undefined;
      const refusal =
        bucket.used > limits[resource]
          ? primary(actor)
          : points > limits.pointsPerMinute ||
              (creates && content > limits.contentPerMinute) ||
              concurrent > limits.concurrent
            ? secondary(60)
            : creates && log.filter((entry) => entry.creates).length > limits.contentPerHour
              ? secondary(600)
              : undefined;
      if (refusal !== undefined) limiter.peaks.refused += 1;
      return refusal;
    },
    leave(actor, graphql, notModified) {
      concurrent -= 1;
      if (notModified) bucketOf(actor, graphql ? 'graphql' : 'core').used -= 1;
    },
    headers(actor, graphql) {
      const resource = graphql ? 'graphql' : 'core';
      const entries = Object.entries(describe(actor, resource)).map(([name, value]) => [
        `x-ratelimit-${name}`,
        String(value),
      ]);
      return { ...Object.fromEntries(entries), 'x-ratelimit-resource': resource };
    },
    overview(actor) {
      const core = describe(actor, 'core');
      return { resources: { core, search: core, graphql: describe(actor, 'graphql') }, rate: core };
    },
  };
  return limiter;
}

function keyOf(actor: Actor): string {
  if (actor.kind === 'installation') return `installation ${actor.installation.id}`;
  if (actor.kind === 'app') return `app ${actor.app.id}`;
  return actor.kind === 'user' ? `user ${actor.userId}` : 'anonymous';
}

function primary(actor: Actor): Reply {
  const message = `API rate limit exceeded for ${keyOf(actor)}.`;
  return {
    status: 403,
    body: { message, documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api' },
  };
}

function secondary(retryAfter: number): Reply {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return {
    status: 403,
    body: {
      message,
      documentation_url:
        'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    },
    headers: { 'retry-after': String(retryAfter) },
  };
}
