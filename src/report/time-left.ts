import type { Override } from '../override/override.ts';
import { daysLeft } from '../override/term.ts';
import { count } from './phrases.ts';

/** `14 days left`, `1 day left`, `its last day`, `over`: counted in days of the calendar (UTC), as ends are. */
export function timeLeft(override: Pick<Override, 'until'>, now: number): string {
  const days = daysLeft(override, now);
  if (days < 0) return 'over';
  return days === 0 ? 'its last day' : `${count(days, 'day')} left`;
}
