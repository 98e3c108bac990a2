import { describe, expect, it } from 'vitest';
import { endOf } from '../../src/override/override.ts';
import { daysLeft, endOfDaysLeft, lastDay, parseDay, parseDuration } from '../../src/override/term.ts';
import { timeLeft } from '../../src/report/time-left.ts';

const at = (time: string) => Date.parse(time);

describe('what is asked for, and what is left of it', () => {
  it.each([
    // [asked for at, words, last day, said at, said]
    ['2026-12-01T00:00:00Z', '14d', '2026-12-15', '2026-12-01T00:00:00Z', '14 days left'],
    ['2026-12-01T12:00:00Z', '14d', '2026-12-15', '2026-12-01T12:00:00Z', '14 days left'],
    ['2026-12-01T23:59:59Z', '14d', '2026-12-15', '2026-12-01T23:59:59Z', '14 days left'],
    ['2026-12-01T23:59:59Z', '14d', '2026-12-15', '2026-12-02T00:00:00Z', '13 days left'],
    ['2026-12-01T12:00:00Z', '2w', '2026-12-15', '2026-12-08T08:00:00Z', '7 days left'],
    ['2026-12-01T12:00:00Z', '1d', '2026-12-02', '2026-12-01T12:00:00Z', '1 day left'],
    ['2026-12-01T12:00:00Z', '1d', '2026-12-02', '2026-12-02T23:59:59Z', 'its last day'],
    ['2026-12-01T12:00:00Z', '1d', '2026-12-02', '2026-12-03T00:00:00Z', 'over'],
    ['2028-02-20T12:00:00Z', '10d', '2028-03-01', '2028-02-20T12:00:00Z', '10 days left'],
  ])('at %s for %s: through %s; at %s: %s', (asked, words, until, later, said) => {
    const term = lastDay(parseDuration(words), at(asked), 90);
    expect(term).toEqual({ until });
    expect(timeLeft({ until }, at(later))).toBe(said);
  });

  it('ends with its last day', () => {
    expect(new Date(endOf({ until: '2026-12-15' })).toISOString()).toBe('2026-12-16T00:00:00.000Z');
  });

  it.each([0, 1, 7, 14, 365])('has %i days left exactly until its end is that far', (days) => {
    for (const time of ['2026-12-01T00:00:00Z', '2026-12-01T23:59:59.999Z'].map(at)) {
      const last = lastDay(parseDay(new Date(time + days * 86_400_000).toISOString().slice(0, 10)), time, 400);
      if (!('until' in last)) throw new Error('refused');
      expect(daysLeft(last, time)).toBe(days);
      expect(endOf(last)).toBe(endOfDaysLeft(days, time));
    }
  });
});

describe('the longest that a rule allows', () => {
  const now = at('2026-11-22T12:00:00Z');

  it.each([
    ['for 30d', 30, '2026-12-22'],
    ['until 2026-12-22', 30, '2026-12-22'],
    ['until 2026-11-22', 30, '2026-11-22'],
  ])('takes %s of %i days', (words, most, until) => {
    expect(lastDay(term(words), now, most)).toEqual({ until });
  });

  it.each([
    ['for 31d', 30, 'term_too_long'],
    ['until 2026-12-23', 30, 'term_too_long'],
    ['until 2027-11-22', 30, 'term_too_long'],
    ['until 2026-11-21', 30, 'term_past'],
  ])('refuses %s of %i days', (words, most, refused) => {
    expect(lastDay(term(words), now, most)).toEqual({ refused, latest: '2026-12-22' });
  });
});

function term(words: string) {
  const [kind = '', rest = ''] = words.split(' ');
  return kind === 'for' ? parseDuration(rest) : parseDay(rest);
}
