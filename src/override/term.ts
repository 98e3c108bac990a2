import { DAY_MS, type Override } from './override.ts';

/** How long an override is asked for: a number of days, or its last day (`YYYY-MM-DD`, UTC). */
export type Term = { readonly kind: 'for'; readonly days: number } | { readonly kind: 'until'; readonly date: string };

/** What is taken when nothing is said, if the rule allows as much. */
export const DEFAULT_DAYS = 30;

/** Parses `30d`, `30 days`, `2w`, `2 weeks`; undefined for everything else, zero and more than ten years included. */
export function parseDuration(text: string): Term | undefined {
  const match = /^(\d{1,4}) ?(d|days?|w|weeks?)$/i.exec(text);
  if (match === null) return undefined;
  const days = Number(match[1]) * (match[2]?.toLowerCase().startsWith('w') === true ? 7 : 1);
  return days >= 1 && days <= 3650 ? { kind: 'for', days } : undefined;
}

/** Parses a day of the calendar, `2026-12-31`; undefined for everything else, days that don't exist included. */
export function parseDay(text: string): Term | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || dayOf(time) !== text ? undefined : { kind: 'until', date: text };
}

/** The day (UTC) of a moment in milliseconds since the epoch. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whole days from today to an override's last day, UTC: 0 on that day, negative once it is over. */
export function daysLeft({ until }: Pick<Override, 'until'>, now: number): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${dayOf(now)}T00:00:00Z`)) / DAY_MS);
}

/** The first moment at which nothing that has at most so many days left can still hold. */
export function endOfDaysLeft(days: number, now: number): number {
  return Date.parse(`${dayOf(now)}T00:00:00Z`) + (days + 1) * DAY_MS;
}

/** The last day of a term that is asked for at `now`, or why it can't be. `maxDays` is the rule's. */
export function lastDay(
  term: Term | undefined,
  now: number,
  maxDays: number,
): { readonly until: string } | { readonly refused: 'term_past' | 'term_too_long'; readonly latest: string } {
  const latest = dayOf(now + maxDays * DAY_MS);
  const asked = term ?? ({ kind: 'for', days: Math.min(DEFAULT_DAYS, maxDays) } satisfies Term);
  const until = asked.kind === 'for' ? dayOf(now + asked.days * DAY_MS) : asked.date;
  if (until < dayOf(now)) return { refused: 'term_past', latest };
  return until > latest ? { refused: 'term_too_long', latest } : { until };
}
