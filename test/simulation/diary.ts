import type { LocalGitHub } from '../github/local-github.ts';
import type { AppState } from './app-process.ts';
import type { Clock } from './run-day.ts';

const HOUR = 3_600_000;
const MB = 1024 * 1024;

/** One hour of the day. */
interface Entry {
  readonly hour: number;
  readonly webhooks: number;
  readonly requests: number;
  readonly 'memory MB': number;
  readonly 'heap MB, least': number;
  readonly seconds: number;
  /** Of processor time, the app and everything else. */
  readonly 'app s': number;
  readonly 'GitHub s': number;
}

/** What is noted while a day passes. */
export interface Diary {
  note(state: AppState | undefined): void;
  readonly entries: readonly Entry[];
  /** Requests by operation. */
  readonly requests: ReadonlyMap<string, number>;
  webhooks(): number;
  /** Megabytes an hour by which memory grew since `fromHour`, by least squares. */
  growth(fromHour: number): { readonly rss: number; readonly heap: number };
}

/** Writes a line of progress for every hour. */
export function createDiary(github: LocalGitHub, clock: Clock, start: number, say: (line: string) => void): Diary {
  const entries: Entry[] = [];
  const requests = new Map<string, number>();
  const began = performance.now();
  let least = Number.POSITIVE_INFINITY;
  let asked = 0;
  function tally(): void {
    for (const { operation, actor, status } of github.requests.splice(0)) {
      asked += 1;
      const name = `${operation} (${actor}) ${status}`;
      requests.set(name, (requests.get(name) ?? 0) + 1);
    }
  }
  const webhooks = () => [...github.deliveries.tally.values()].reduce((sum, { ok }) => sum + ok, 0);
  return {
    entries,
    requests,
    webhooks,
    note(state) {
      if (github.requests.length > 5_000) tally();
      if (state) least = Math.min(least, state.heap);
      const hour = Math.floor((clock.now - start) / HOUR);
      if (!state || hour <= (entries.at(-1)?.hour ?? 0)) return;
      tally();
      const entry = {
        hour,
        webhooks: webhooks(),
        requests: asked,
        'memory MB': Math.round(state.rss / MB),
        'heap MB, least': Math.round(least / MB),
        seconds: Math.round((performance.now() - began) / 1_000),
        'app s': Math.round(state.cpu),
        'GitHub s': Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1e6),
      };
      entries.push(entry);
      least = Number.POSITIVE_INFINITY;
      say(
        Object.entries(entry)
          .map(([name, value]) => `${name} ${value}`)
          .join(', '),
      );
    },
    growth: (fromHour) => {
      const later = entries.filter(({ hour }) => hour >= fromHour);
      return {
        rss: slope(later.map((entry) => [entry.hour, entry['memory MB']])),
        heap: slope(later.map((entry) => [entry.hour, entry['heap MB, least']])),
      };
    },
  };
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([hour]) => hour)), mean(points.map(([, value]) => value))];
  const above = points.reduce((sum, [hour, value]) => sum + (hour - x) * (value - y), 0);
  const below = points.reduce((sum, [hour]) => sum + (hour - x) ** 2, 0);
  return below === 0 ? 0 : Math.round((above / below) * 100) / 100;
}
