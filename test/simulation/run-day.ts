import type { LocalGitHub } from '../github/local-github.ts';
import type { AppProcess, AppState } from './app-process.ts';
import type { Chance } from './chance.ts';
import type { Happening } from './plan-day.ts';

/** How far the app's time goes on at once where nothing happens. */
const STEP_MS = 5 * 60_000;

/** By then the app has a webhook, in milliseconds of this machine, and its time waits for it; its answer may take some of that time. */
const ARRIVAL_MS = 50;

/** Shares of happenings that webhooks treat badly. */
const SHARE_LOST = 0.002;
const SHARE_TWICE = 0.01;

/** Time as everybody here sees it, in milliseconds since the epoch. */
export interface Clock {
  now: number;
}

export interface Run {
  readonly github: LocalGitHub;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly happenings: readonly Happening[];
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** The process of the moment; an outage puts another one in its place. */
  readonly app: () => Promise<AppProcess | undefined>;
  /** Told after every step. */
  readonly watch: (state: AppState | undefined) => void;
  /** Whether everything is done, asked when nothing is under way after the last happening. */
  readonly isDone: () => Promise<boolean>;
}

/** Lets a day pass: everything happens at its time, and the app's time goes along. */
export async function runDay(run: Run): Promise<void> {
  const { github, clock, happenings, start, end } = run;
  let next = 0;
  for (;;) {
    const due = start + (happenings[next]?.at ?? Number.POSITIVE_INFINITY);
    const to = Math.min(due, clock.now + STEP_MS);
    const state: AppState | undefined = await (await run.app())?.advance(to);
    clock.now = to;
    run.watch(state);
    for (let happening = happenings[next]; happening && start + happening.at <= to; happening = happenings[next]) {
      next += 1;
      mistreated(run, happening.act);
    }
    await Promise.race([github.deliveries.settled(), new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS))]);
    if (next >= happenings.length && to >= end && state?.busy !== true && (await run.isDone())) return;
  }
}

/** Some webhooks never leave GitHub, some come twice. */
function mistreated({ github: { deliveries }, chance }: Run, act: () => void): void {
  if (chance.is(SHARE_LOST)) deliveries.mode = 'lose';
  if (chance.is(SHARE_TWICE)) deliveries.copies = 2;
  try {
    act();
  } finally {
    Object.assign(deliveries, { mode: 'deliver', copies: 1 });
  }
}
