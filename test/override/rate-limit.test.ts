import { expect, it } from 'vitest';
import { checkRate } from '../../src/override/rate-limit.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const earlier = (count: number, minutesAgo: number) => Array.from({ length: count }, () => NOW - minutesAgo * MINUTE);

it.each([
  ['nothing yet', [], 'ok'],
  ['nine in ten minutes', earlier(9, 1), 'ok'],
  ['ten in ten minutes', earlier(10, 1), 'first'],
  ['eleven in ten minutes', earlier(11, 1), 'silent'],
  ['ten, the last of them eleven minutes ago', earlier(10, 11), 'ok'],
  ['fifty-nine in a day', earlier(59, 600), 'ok'],
  ['sixty in a day', earlier(60, 600), 'first'],
  ['sixty-one in a day', earlier(61, 600), 'silent'],
  ['sixty, a day ago', earlier(60, 1441), 'ok'],
  ['nine now and fifty-one before', [...earlier(51, 600), ...earlier(9, 1)], 'first'],
])('%s', (_, times, expected) => {
  expect(checkRate(times, NOW)).toBe(expected);
});
