import type { LocalGitHub } from '../github/local-github.ts';
import type { AppProcess, AppState } from './app-process.ts';
import type { Chance } from './chance.ts';
import type { Happening } from './plan-day.ts';

/**
 * While the app works, time passes with the requests that it makes: as if each took a tenth of a second and four were under way,
 * as with GitHub. What this machine computes costs none. While nobody works, time leaps to what happens next.
 */
const REQUEST_MS = 25;

/** How often to look at the app's work, in milliseconds of this machine. */
const LOOK_MS = 4;

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
  /** Requests that the local GitHub has answered so far. */
  readonly served: () => number;
  /** Told after every step. */
  readonly watch: (state: AppState | undefined) => void;
  /** Whether everything is done, asked when nothing is under way after the last happening. */
  readonly isDone: () => Promise<boolean>;
}

/** Lets a day pass: everything happens at its time, and the app's time goes along. */
export async function runDay(run: Run): Promise<void> {
  const { github, clock, happenings, start, end } = run;
  let next = 0;
  let counted = 0;
  let isBusy = false;
  for (;;) {
    const due = start + (happenings[next]?.at ?? Number.POSITIVE_INFINITY);
    const served = run.served() - counted;
    counted += served;
    const horizon = Math.min(due, clock.now + 5 * 60_000);
    const to: number = isBusy ? Math.min(horizon, clock.now + served * REQUEST_MS) : horizon;
    const state: AppState | undefined = await (await run.app())?.advance(to, !isBusy);
    clock.now = state?.now ?? to;
    run.watch(state);
    while (happenings[next] && start + (happenings[next]?.at ?? 0) <= clock.now) {
      const happening = happenings[next] as Happening;
      next += 1;
      mistreated(run, () => happening.act());
    }
    isBusy = state?.busy === true || github.deliveries.underWay() > 0;
    if (isBusy) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    else if (next >= happenings.length && clock.now >= end && (await run.isDone())) return;
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
