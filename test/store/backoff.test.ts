import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoff, MAX_ATTEMPTS } from '../../src/store/backoff.ts';

const HOUR = 60 * 60_000;

it.each([
  [1, 0, 2_500],
  [1, 0.5, 3_750],
  [2, 0, 5_000],
  [5, 0, 40_000],
  [11, 0, HOUR / 2],
  [1_000, 0, HOUR / 2],
  [0, 0, 2_500],
])('after attempt %i with chance %d waits %i ms', (attempts, random, ms) => {
  expect(backoff(attempts, random)).toBe(ms);
});

it('never waits longer than an hour, nor less than half of its span', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), chance, (attempts, random) => {
      const span = Math.min(5_000 * 2 ** (attempts - 1), HOUR);
      const wait = backoff(attempts, random);
      return Number.isInteger(wait) && wait >= span / 2 && wait <= span;
    }),
  );
});

it('spans hours before a job is given up', () => {
  const total = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => backoff(index + 1, 0)).reduce(
    (a, b) => a + b,
    0,
  );
  expect(total).toBeGreaterThan(HOUR);
});
