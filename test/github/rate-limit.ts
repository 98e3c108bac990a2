import type { Actor } from './actor.ts';
import type { Reply } from './reply.ts';
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts';

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export interface RateLimits {
  /** Requests an hour for each person, app, or installation of up to 20 repositories; larger ones have more. */
  readonly core: number;
  /** The same for points of GraphQL. */
  readonly graphql: number;
  /** Points a minute: reading 1, writing 5; counted apart for REST and GraphQL. */
  readonly pointsPerMinute: number;
  readonly graphqlPointsPerMinute: number;
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
  graphqlPointsPerMinute: 2000,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
  enforced: false,
};

/** An installation gets that many more for each repository beyond the first twenty, up to the most; the same page. */
const MORE_PER_REPOSITORY = 50;
const REPOSITORIES_INCLUDED = 20;
const MOST_PER_HOUR = 12_500;

type Resource = 'core' | 'graphql';

/** What is asked for, as far as limits care. `creates`: a comment, a review, an issue. */
export interface Asked {
  readonly method: string;
  readonly graphql: boolean;
  readonly creates: boolean;
}

/** The most that one actor ever reached of each limit, and how often anybody was refused. */
export interface Peaks {
  concurrent: number;
  pointsPerMinute: number;
  graphqlPointsPerMinute: number;
  contentPerMinute: number;
  contentPerHour: number;
  /** Of the primary limits, used share of what the actor has in the hour. */
  coreShare: number;
  graphqlShare: number;
  refused: number;
}

export interface RateLimiter {
  /** Counts a request in; a reply means that it is refused. */
  admit(actor: Actor, request: Asked): Reply | undefined;
  /** The request has been answered. A 304 costs nothing. */
  leave(actor: Actor, graphql: boolean, notModified: boolean): void;
  headers(actor: Actor, graphql: boolean): Record<string, string>;
  overview(actor: Actor): unknown;
  /** For tests that limits were kept. */
  readonly peaks: Peaks;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Bucket {
  used: number;
  readonly limit: number;
  readonly resetAt: number;
}

/** All that is counted of one actor. */
interface Account {
  readonly buckets: Partial<Record<Resource, Bucket>>;
  readonly points: Readonly<Record<Resource, SlidingWindow>>;
  readonly contentMinute: SlidingWindow;
  readonly contentHour: SlidingWindow;
  concurrent: number;
}

/** @param repositoriesOf how many repositories an installation has; asked once an hour */
export function createRateLimiter(
  limits: RateLimits,
  clock: () => number,
  repositoriesOf: (actor: Actor) => number = () => 0,
): RateLimiter {
  const accounts = new Map<string, Account>();
  const peaks: Peaks = {
    concurrent: 0,
    pointsPerMinute: 0,
    graphqlPointsPerMinute: 0,
    contentPerMinute: 0,
    contentPerHour: 0,
    coreShare: 0,
    graphqlShare: 0,
    refused: 0,
  };
  const accountOf = (actor: Actor): Account => {
    const known = accounts.get(keyOf(actor)) ?? newAccount();
    accounts.set(keyOf(actor), known);
    return known;
  };
  const bucketOf = (actor: Actor, resource: Resource): Bucket => {
    const { buckets } = accountOf(actor);
    const known = buckets[resource];
    if (known !== undefined && known.resetAt > clock()) return known;
    const fresh = { used: 0, limit: primaryLimit(limits[resource], repositoriesOf(actor)), resetAt: clock() + HOUR };
    buckets[resource] = fresh;
    return fresh;
  };
  const describe = (actor: Actor, resource: Resource) => {
    const { used, limit, resetAt } = bucketOf(actor, resource);
    const remaining = Math.max(limit - used, 0);
    return { limit, remaining, reset: Math.ceil(resetAt / 1000), used: Math.min(used, limit) };
  };
  return {
    peaks,
    admit(actor, request) {
      const account = accountOf(actor);
      account.concurrent += 1;
      const bucket = bucketOf(actor, request.graphql ? 'graphql' : 'core');
      bucket.used += 1;
      const reached = count(account, request, clock());
      note(peaks, reached, request, bucket);
      if (!limits.enforced) return undefined;
      const refusal = bucket.used > bucket.limit ? primary(actor) : secondaryRefusal(limits, reached, request);
      if (refusal !== undefined) peaks.refused += 1;
      return refusal;
    },
    leave(actor, graphql, notModified) {
      accountOf(actor).concurrent -= 1;
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
}

function newAccount(): Account {
  return {
    buckets: {},
    points: { core: createSlidingWindow(MINUTE), graphql: createSlidingWindow(MINUTE) },
    contentMinute: createSlidingWindow(MINUTE),
    contentHour: createSlidingWindow(HOUR),
    concurrent: 0,
  };
}

function primaryLimit(least: number, repositories: number): number {
  const more = MORE_PER_REPOSITORY * Math.max(0, repositories - REPOSITORIES_INCLUDED);
  return Math.max(least, Math.min(least + more, MOST_PER_HOUR));
}

interface Reached {
  readonly concurrent: number;
  readonly points: number;
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
}

/** A request that is refused counts all the same, as on GitHub. */
function count(account: Account, { method, graphql, creates }: Asked, now: number): Reached {
  const writes = method !== 'GET' && method !== 'HEAD' && (!graphql || creates);
  return {
    concurrent: account.concurrent,
    points: account.points[graphql ? 'graphql' : 'core'].add(now, writes ? 5 : 1),
    contentPerMinute: account.contentMinute.add(now, creates ? 1 : 0),
    contentPerHour: account.contentHour.add(now, creates ? 1 : 0),
  };
}

function note(peaks: Peaks, reached: Reached, { graphql }: Asked, { used, limit }: Bucket): void {
  const points = graphql ? 'graphqlPointsPerMinute' : 'pointsPerMinute';
  const share = graphql ? 'graphqlShare' : 'coreShare';
  peaks.concurrent = Math.max(peaks.concurrent, reached.concurrent);
  peaks[points] = Math.max(peaks[points], reached.points);
  peaks.contentPerMinute = Math.max(peaks.contentPerMinute, reached.contentPerMinute);
  peaks.contentPerHour = Math.max(peaks.contentPerHour, reached.contentPerHour);
  peaks[share] = Math.max(peaks[share], used / limit);
}

function secondaryRefusal(limits: RateLimits, reached: Reached, { graphql, creates }: Asked): Reply | undefined {
  const points = graphql ? limits.graphqlPointsPerMinute : limits.pointsPerMinute;
  const tooFast = reached.points > points || reached.concurrent > limits.concurrent;
  if (tooFast || (creates && reached.contentPerMinute > limits.contentPerMinute)) return secondary(60);
  return creates && reached.contentPerHour > limits.contentPerHour ? secondary(600) : undefined;
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
