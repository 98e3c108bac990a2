import { changedParts } from './binding.ts';
import { endOf, type Override } from './override.ts';
import { endOfDaysLeft } from './term.ts';

/** How long before its end people are told of it, and may ask for the next one. */
export const TOLD_AHEAD_DAYS = 7;

/** Whether an override that holds has seven days left or fewer. */
export function isAboutToEnd(override: Override, now: number): boolean {
  const end = endOf(override);
  return override.state === 'active' && end > now && end <= endOfDaysLeft(TOLD_AHEAD_DAYS, now);
}

/** Overrides that are about to end and have no successor that holds already, those that end first at the top. */
export function aboutToEnd(overrides: readonly Override[], now: number): readonly Override[] {
  return overrides
    .filter((override) => isAboutToEnd(override, now) && !overrides.some((other) => succeeds(other, override, now)))
    .sort((a, b) => endOf(a) - endOf(b) || Number(a.handle.slice(1)) - Number(b.handle.slice(1)));
}

function succeeds(other: Override, override: Override, now: number): boolean {
  if (other.state !== 'active' || isAboutToEnd(other, now) || endOf(other) <= endOf(override)) return false;
  const reaches = other.pullRequest === override.pullRequest || other.merged;
  return reaches && changedParts(other.binding, override.binding).length === 0;
}
