import { installApp, uninstallApp } from '../github/actions/apps.ts';
import type { App, Installation } from '../github/state.ts';
import type { Chance } from './chance.ts';
import { END, LIFE, open, type Pull, pushBase, pushSettings, rename, type Scene, sleepAndWake } from './happenings.ts';
import type { Size } from './size.ts';
import type { Household } from './town.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Something that happens at a moment of the day, in milliseconds since its start. */
export interface Happening {
  readonly at: number;
  readonly what: string;
  act(): void;
}

export interface Day {
  /** In the order of their times. */
  readonly happenings: readonly Happening[];
  readonly pulls: readonly Pull[];
  readonly installations: ReadonlyMap<Household, Installation>;
}

/** How busy each hour is; people sleep, and two time zones overlap in the afternoon. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 8, 7, 9, 11, 12, 12, 10, 8, 6, 5, 4, 3, 2];

/** When many pull requests are opened within two minutes, as bots do that bring dependencies up to date. */
const BURSTS = [4 * HOUR, 9.5 * HOUR, 15 * HOUR];
const SHARE_OF_BURSTS = 0.15;

/** Open before the app is installed. */
const SHARE_BEFORE = 0.03;

/** Shares of pull requests that the small organisations have together. */
const SHARE_OF_SMALL = 0.06;

/** Everything that will happen, drawn by chance beforehand. */
export function planDay(scene: Scene, app: App, town: readonly Household[], size: Size): Day {
  const { pulls } = scene;
  const installations = new Map<Household, Installation>();
  const happenings = [
    ...town.map((household, index) => ({
      at: 5 * MINUTE + index,
      what: 'install the app',
      act: () => void installations.set(household, installApp(scene.world, app, household.organisation, 'all')),
    })),
    ...planOperations(scene, town, installations),
    ...planBases(scene, size),
  ];
  for (let number = 1; number <= size.pullRequests; number += 1) {
    const pull = newPull(scene.chance, town, number);
    pulls.push(pull);
    happenings.push(...planPull(scene, pull));
  }
  return { happenings: happenings.sort((a, b) => a.at - b.at), pulls, installations };
}

function newPull(chance: Chance, [large, ...small]: readonly Household[], number: number): Pull {
  const household = large && !chance.is(SHARE_OF_SMALL) ? large : chance.pick(small);
  // Some repositories are far busier than others.
  const { repositories } = household;
  const place = repositories[Math.floor(chance.next() ** 3 * repositories.length)];
  if (!place) throw new RangeError('an organisation without repositories');
  return { number, household, place, pushedAt: 0, lookedAgain: false };
}

function planPull(scene: Scene, pull: Pull): Happening[] {
  const { chance } = scene;
  const openedAt = openingTime(chance);
  const planned: Happening[] = [{ at: openedAt, what: 'open', act: () => open(scene, pull) }];
  for (const { what, each, act } of LIFE) {
    for (let count = chance.wait(each); chance.is(Math.min(count, 1)); count -= 1) {
      planned.push({ at: openedAt + chance.wait(90 * MINUTE), what, act: () => whileOpen(scene, pull, act) });
    }
  }
  if (chance.is(0.6)) {
    const at = openedAt + chance.wait(5 * HOUR);
    planned.push({ at, what: 'close', act: () => whileOpen(scene, pull, END) });
  }
  return planned.filter(({ at }) => at < 24 * HOUR);
}

function whileOpen(scene: Scene, pull: Pull, act: (typeof LIFE)[number]['act']): void {
  const { issue } = pull;
  if (issue?.state === 'open') act(scene, pull, issue);
}

function openingTime(chance: Chance): number {
  if (chance.is(SHARE_BEFORE)) return chance.next() * 4 * MINUTE;
  if (chance.is(SHARE_OF_BURSTS)) return chance.pick(BURSTS) + chance.next() * 2 * MINUTE;
  const total = HOURS.reduce((sum, weight) => sum + weight, 0);
  let left = chance.next() * total;
  const hour = HOURS.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return Math.min((Math.max(hour, 0) + chance.next()) * HOUR, 23.9 * HOUR);
}

/** What the owners of organisations do. */
function planOperations(
  scene: Scene,
  town: readonly Household[],
  installations: Map<Household, Installation>,
): Happening[] {
  const [large, first, second, third] = town;
  const sleep = (household: Household) => {
    const installation = installations.get(household);
    if (installation) sleepAndWake(scene, installation, household);
  };
  const leave = (household: Household) => {
    const installation = installations.get(household);
    if (installation) uninstallApp(scene.world, installation, household.owner);
    installations.delete(household);
  };
  return [
    ...(large ? [{ at: 13 * HOUR, what: 'settings of all', act: () => pushSettings(scene, large) }] : []),
    ...(first ? [{ at: 8 * HOUR, what: 'settings of all', act: () => pushSettings(scene, first) }] : []),
    ...(second
      ? [10, 11.5].map((hour) => ({ at: hour * HOUR, what: 'suspend or wake', act: () => sleep(second) }))
      : []),
    ...(third ? [{ at: 20 * HOUR, what: 'uninstall', act: () => leave(third) }] : []),
    ...[6, 12, 18].map((hour) => ({
      at: hour * HOUR,
      what: 'rename',
      act: () => {
        const pull = scene.chance.pick(scene.pulls);
        if (!pull.place.repository.name.endsWith('-renamed')) rename(scene, pull);
      },
    })),
  ];
}

function planBases(scene: Scene, size: Size): Happening[] {
  return Array.from({ length: Math.ceil(size.pullRequests / 12) }, () => ({
    at: openingTime(scene.chance),
    what: 'push to a base',
    act: () => pushBase(scene, scene.chance.pick(scene.pulls)),
  }));
}
