import { onTestFinished } from 'vitest';
import { readAppFile } from '../../../src/server/app-manifest.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { type Scene, startScene } from '../../github/scene.ts';
import { eventually } from '../../server/fakes.ts';
import type { PostgresServer } from '../../store/postgres-server.ts';
import { type Aftermath, aftermath } from './aftermath.ts';
import { startBalancer } from './balancer.ts';
import { type App, createFleet, type Fleet } from './fleet.ts';
import { createReaper, type Reaper } from './reaper.ts';
import { runsSeen } from './run-ids.ts';
import { pause, startTraffic } from './traffic.ts';

const SECRET = 'a secret for the crash test';

/** As few as the sweep would have GitHub send at a time. */
const REDELIVERED_AT_ONCE = 20;

export interface CrashPlan {
  /** Compiled `server/main.js`. */
  readonly entry: string;
  /** Of the store: a file or `postgres://…`. */
  readonly location: string;
  /** Processes at a time. */
  readonly processes: number;
  readonly kills: number;
  readonly pullRequests: number;
  /** Mean pause between two events at GitHub. */
  readonly everyMs: number;
  /** The database itself is killed as well, that often, spread over the run. */
  readonly database?: Pick<PostgresServer, 'crash' | 'start'> & { readonly crashes: number };
  /** How long the survivors may take to work off what is left. */
  readonly quietMs: number;
}

/** What a run did, beside what it left. */
export interface CrashCounts {
  readonly kills: number;
  /** Kills in the middle of a request to GitHub; the others at any other moment. */
  readonly midRequest: number;
  readonly serverKills: number;
  /** Deliveries, each time they were sent, that nobody answered, or not with 2xx. */
  readonly refused: number;
  readonly redelivered: number;
  readonly evaluations: number;
  readonly checkRuns: number;
  readonly seconds: number;
  readonly exitCodes: readonly (number | null)[];
}

/** Processes at work, killed one after the other and started again; then the survivors finish, and what is left is looked at. */
export async function crashRun(plan: CrashPlan): Promise<CrashCounts & Aftermath> {
  const began = Date.now();
  const { default_permissions: permissions, default_events: events } = readAppFile();
  const scene = await startScene({ app: { permissions, events, secret: SECRET } });
  const balancer = await startBalancer();
  scene.app.hook.url = `${balancer.url}/api/github/webhooks`;
  const fleet = createFleet(plan.entry, environment(scene, plan.location), balancer);
  onTestFinished(async () => {
    await fleet.stop();
    balancer.close();
    await scene.github.close();
  });
  const apps = await Promise.all(Array.from({ length: plan.processes }, fleet.start));
  const reaper = createReaper(scene.github.faults);
  const traffic = startTraffic(scene, plan.pullRequests, plan.everyMs);
  const serverKills = await killAll(plan, fleet, reaper, apps);
  await traffic.stop();
  const store = await openStore(plan.location);
  onTestFinished(() => store.close());
  await redeliverFailed(scene, store, plan.quietMs);
  await quiet(scene, store, plan.quietMs).catch(() => console.error(fleet.log.join('\n')));
  const exitCodes = await fleet.stop();
  const { log } = scene.github.deliveries;
  return {
    kills: plan.kills,
    midRequest: reaper.midRequest(),
    serverKills,
    refused: log.filter(({ statusCode }) => statusCode >= 300).length,
    redelivered: log.filter(({ redelivery }) => redelivery).length,
    evaluations: runsSeen(scene.github.requests).runs,
    checkRuns: scene.repository.checkRuns.size,
    exitCodes,
    ...(await aftermath(scene, store, traffic.pullRequests)),
    seconds: Math.round((Date.now() - began) / 1_000),
  };
}

function environment(scene: Scene, location: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '',
    APP_ID: String(scene.app.id),
    PRIVATE_KEY: scene.privateKey,
    WEBHOOK_SECRET: SECRET,
    GHE_HOST: scene.github.host,
    GHE_PROTOCOL: 'http',
    LEASE_SECONDS: '2',
    ...(location.startsWith('postgres') ? { DATABASE_URL: location } : { SIGHTLINE_STORE: location }),
  };
}

/** Every place in the fleet loses its process again and again, each at its own time, until there were as many kills as planned. */
async function killAll({ kills, database }: CrashPlan, fleet: Fleet, reaper: Reaper, apps: App[]): Promise<number> {
  let left = kills;
  let serverKills = 0;
  const isTimeForServer = () => database && serverKills < ((kills - left) * database.crashes) / kills;
  async function place(app: App): Promise<void> {
    let present = app;
    while (left > 0) {
      left -= 1;
      await reaper.kill(present);
      await fleet.buried(present);
      present = await fleet.start();
    }
  }
  async function crashServer(): Promise<void> {
    while (database && (left > 0 || isTimeForServer())) {
      await pause(200);
      if (!isTimeForServer()) continue;
      serverKills += 1;
      await database.crash();
      await pause(Math.random() * 1_000);
      await database.start();
    }
  }
  await Promise.all([...apps.map(place), crashServer()]);
  return serverKills;
}

/** What the sweep asks GitHub for every five minutes: deliveries of which no attempt was answered. */
async function redeliverFailed({ github: { deliveries }, app }: Scene, store: Store, withinMs: number): Promise<void> {
  await store.ping();
  const isThrough = async () => {
    await deliveries.settled();
    const through = new Set(deliveries.log.filter(({ statusCode }) => statusCode < 300).map(({ guid }) => guid));
    const failed = new Map(deliveries.log.flatMap((each) => (through.has(each.guid) ? [] : [[each.guid, each]])));
    for (const delivery of [...failed.values()].slice(0, REDELIVERED_AT_ONCE)) deliveries.redeliver(app, delivery);
    return failed.size === 0;
  };
  await eventually(isThrough, withinMs);
}

async function quiet(scene: Scene, store: Store, withinMs: number): Promise<void> {
  const isQuiet = async () => {
    await scene.github.deliveries.settled();
    const before = scene.github.deliveries.log.length;
    const { due, running, waiting } = await store.queue.depth(Date.now());
    await pause(100);
    await scene.github.deliveries.settled();
    return due + running + waiting === 0 && scene.github.deliveries.log.length === before;
  };
  await eventually(isQuiet, withinMs);
}
