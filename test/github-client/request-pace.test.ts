import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimited } from '../../src/github/github-error.ts';
import { createRequestPace, type PacedRequest } from '../../src/github/request-pace.ts';

const READ: PacedRequest = { resource: 'core', writes: false, createsContent: false, background: false };
const INSTALLATION = 7;

/** A clock that only waiting moves. */
function pacedFrom(start: number) {
  const clock = { at: start };
  const pace = createRequestPace({
    now: () => clock.at,
    sleep: async (ms) => {
      clock.at += ms;
    },
  });
  return { clock, pace };
}

/** Most of what is counted within any span of `ms`. */
function mostWithin(ms: number, counted: readonly { readonly at: number; readonly amount: number }[]): number {
  const sums = counted.map(({ at }) =>
    counted.filter((other) => other.at > at - ms && other.at <= at).reduce((sum, { amount }) => sum + amount, 0),
  );
  return Math.max(0, ...sums);
}

const requests = fc.array(
  fc.record({
    pauseMs: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20_000 })),
    resource: fc.constantFrom('core' as const, 'graphql' as const),
    writes: fc.boolean(),
    createsContent: fc.boolean(),
    background: fc.boolean(),
  }),
  { minLength: 300, maxLength: 1_500 },
);

describe('the pace of requests', () => {
  it("never goes beyond GitHub's limits, whatever is asked for", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (wishes) => {
        const { clock, pace } = pacedFrom(1_000_000);
        const sent: { at: number; request: PacedRequest }[] = [];
        for (const { pauseMs, ...wish } of wishes) {
          clock.at += pauseMs;
          const request = { ...wish, createsContent: wish.writes && wish.createsContent };
          await pace.turn(INSTALLATION, request).then(
            () => sent.push({ at: clock.at, request }),
            (error: unknown) => expect(error).toBeInstanceOf(RateLimited),
          );
        }
        const points = (resource: string) =>
          sent
            .filter(({ request }) => request.resource === resource)
            .map(({ at, request }) => ({ at, amount: request.writes ? 5 : 1 }));
        const content = sent.filter(({ request }) => request.createsContent).map(({ at }) => ({ at, amount: 1 }));
        expect(mostWithin(60_000, points('core'))).toBeLessThanOrEqual(900);
        expect(mostWithin(60_000, points('graphql'))).toBeLessThanOrEqual(2_000);
        expect(mostWithin(60_000, content)).toBeLessThanOrEqual(80);
        expect(mostWithin(3_600_000, content)).toBeLessThanOrEqual(500);
      }),
      { numRuns: 20 },
    );
  });

  it('lets one installation not wait for another', async () => {
    const { clock, pace } = pacedFrom(0);
    for (let count = 0; count < 250; count += 1) await pace.turn(1, READ);
    expect(clock.at).toBe(0);
    await pace.turn(1, READ);
    expect(clock.at).toBeGreaterThan(0);
    const before = clock.at;
    await pace.turn(2, READ);
    expect(clock.at).toBe(before);
  });

  const headers = (remaining: number) => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': '3600',
    'x-ratelimit-resource': 'core',
  });

  it.each([
    ['stops before the hour is spent', 50, READ, true],
    ['goes on while there is some of it', 51, READ, false],
    ['leaves the larger part to what people wait for', 3_000, { ...READ, background: true }, true],
    ['lets a sweep begin in a fresh hour', 3_001, { ...READ, background: true }, false],
    ['counts GraphQL by itself', 0, { ...READ, resource: 'graphql' } as const, false],
  ] as const)('%s', async (_, remaining, request, refuses) => {
    const { clock, pace } = pacedFrom(0);
    pace.seen(INSTALLATION, headers(remaining));
    const turn = pace.turn(INSTALLATION, request);
    if (refuses) await expect(turn).rejects.toMatchObject({ until: 3_601_000 });
    else await turn;
    clock.at = 3_600_000;
    await pace.turn(INSTALLATION, request);
  });

  it('takes an answer without such headers for no news', async () => {
    const { pace } = pacedFrom(0);
    pace.seen(INSTALLATION, headers(10));
    pace.seen(INSTALLATION, { 'x-ratelimit-remaining': '0' });
    pace.seen(INSTALLATION, undefined);
    await expect(pace.turn(INSTALLATION, READ)).rejects.toThrow('10 of 5000 requests');
  });
});
