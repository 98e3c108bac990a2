import { UsageError } from './command.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * Reads `36h`, `14d` or `2w` as milliseconds.
 * @throws UsageError for anything else
 */
export function readSpan(text: string): number {
  const parts = /^([1-9]\d{0,4})([hdw])$/.exec(text);
  const unit = UNITS[parts?.[2] ?? ''];
  if (parts === null || unit === undefined) {
    throw new UsageError(`'${text}' is no span of time.`, 'Write hours, days or weeks: 36h, 14d, 2w.');
  }
  return Number(parts[1]) * unit;
}

/** `45 s`, `12 min`, `3 h`, `5 d`: a span of milliseconds for people, rounded down to one unit. */
export function showSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
