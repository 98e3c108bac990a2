import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { registerApp } from '../end-to-end/register-app.ts';
import { type LocalGitHub, startLocalGitHub } from '../github/local-github.ts';
import { RATE_LIMITS } from '../github/rate-limit.ts';
import type { App } from '../github/state.ts';
import { type AppProcess, startAppProcess } from './app-process.ts';
import { type Chance, createChance } from './chance.ts';
import { createDiary, type Diary } from './diary.ts';
import { type Day, type Happening, planDay } from './plan-day.ts';
import { latencies, reckon } from './reckon.ts';
import { type Clock, runDay } from './run-day.ts';
import { sizeOf } from './size.ts';
import { buildTown } from './town.ts';

/** Where the project's root is, seen from the compiled simulation. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const HELP = `npm run simulate -- [--share 0.02] [--seed 1]

Lets a day of a large organisation pass in minutes: 10,000 repositories, 5,000 pull requests, 50,000 webhooks (or a --share of
them), some small organisations beside it, against a local GitHub that enforces its rate limits. The app runs as it is, in a
process of its own; only its clock is led. Prints an hour a line, then what was lost, done twice or refused.`;

const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T00:00:00Z');

/** Nobody waits for the app before that. */
const INSTALLED = START + 10 * 60_000;

/** The night after: webhooks that never came are found by the sweep of open pull requests, every three hours. */
const END = START + 27.5 * HOUR;

/** While the app is down GitHub's deliveries fail; nobody sends them again but for the sweep. */
const OUTAGE = { from: 2.5 * HOUR, until: 2.5 * HOUR + 20 * 60_000 };

/** What keeps threads, caches and buffers busy has come by then: the busy hours have begun. */
const STEADY_FROM_HOUR = 10;

interface Outcome {
  readonly github: LocalGitHub;
  readonly app: App;
  readonly day: Day;
  readonly diary: Diary;
  readonly ledger: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      share: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void console.log(HELP);
  const folder = mkdtempSync(join(tmpdir(), 'sightline-simulation-'));
  let isKept = process.env.KEEP !== undefined;
  try {
    const outcome = await simulate(Number(values.share), createChance(Number(values.seed)), folder);
    if (!report(outcome, Number(values.share))) process.exitCode = 1;
    await outcome.github.close();
  } catch (error) {
    isKept = true;
    throw error;
  } finally {
    if (isKept) console.log(`store and log: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

async function simulate(share: number, chance: Chance, folder: string): Promise<Outcome> {
  const clock: Clock = { now: START };
  const github = await startLocalGitHub({ clock: () => clock.now, rateLimits: { enforced: true } });
  const { app, privateKey } = registerApp(github, join(ROOT, 'app.yml'));
  const size = sizeOf(share);
  const town = buildTown(github.world, ROOT, size);
  console.log(
    `${size.repositories} repositories, ${size.pullRequests} pull requests; their objects take ${memory()} MB`,
  );
  const day = planDay({ world: github.world, chance, appId: app.id, pulls: [] }, app, town, size);
  const entry = join(ROOT, 'dist/server/main.js');
  const store = join(folder, 'sightline.db');
  const logFile = join(folder, 'app.log');
  const tell = (now: number) => {
    clock.now = now;
  };
  const start = () => startAppProcess({ github, app, privateKey, entry, store, logFile, now: clock.now, tell });
  let running: Promise<AppProcess | undefined> = start();
  const outage: Happening[] = [
    {
      at: OUTAGE.from,
      what: 'the app is killed',
      act: () => {
        running = running.then((one) => one?.kill()).then(() => undefined);
      },
    },
    {
      at: OUTAGE.until,
      what: 'it is started again',
      act: () => {
        running = running.then(start);
      },
    },
  ];
  const diary = createDiary(github, clock, START, (line) => console.log(line));
  const happenings = [...day.happenings, ...outage].sort((a, b) => a.at - b.at);
  await runDay({
    github,
    clock,
    chance,
    happenings,
    start: START,
    end: END,
    app: () => running,
    watch: diary.note,
    isDone: async () => (await openJobs(await running)) === 0,
  });
  await (await running)?.kill();
  return { github, app, day, diary, ledger: await ledgerOf(store) };
}

/** Jobs that the app has still to do, dead ones included. */
async function openJobs(running: AppProcess | undefined): Promise<number> {
  const text = (await running?.metrics()) ?? '';
  const jobs = [...text.matchAll(/^sightline_queue_jobs\{state="\w+"\} (\d+)$/gm)];
  return jobs.reduce((sum, [, count]) => sum + Number(count), 0);
}

async function ledgerOf(location: string): Promise<string> {
  const { openStore } = await import(new URL('../../../dist/store/open-store.js', import.meta.url).href);
  const store = await openStore(location);
  const verification = await store.verifyLedger();
  await store.close();
  return verification.intact ? `intact, ${verification.entries} entries` : verification.reason;
}

function report({ github, app, day, diary, ledger }: Outcome, share: number): boolean {
  console.table(diary.entries);
  console.table(Object.fromEntries(diary.requests));
  console.table(Object.fromEntries(github.deliveries.tally));
  console.table(limitsTable(github));
  console.table(latencyTable(day, app));
  const { faults, problems } = reckon(github, app, day);
  console.table(faults);
  for (const problem of problems) console.log(problem);
  for (const violation of github.violations.slice(0, 5)) console.log(violation);
  const growth = diary.growth(STEADY_FROM_HOUR);
  const most = Math.max(...diary.entries.map((entry) => entry['memory MB']));
  console.log(`memory of the app: at most ${most} MB, growing by ${growth.rss} MB an hour (heap: ${growth.heap} MB)`);
  console.log(`memory of the local GitHub: ${memory()} MB; ledger: ${ledger}; webhooks delivered: ${diary.webhooks()}`);
  const enough = diary.webhooks() >= sizeOf(share).deliveries;
  if (!enough) console.log(`that is less than the ${sizeOf(share).deliveries} of the plan`);
  return Object.values(faults).every((count) => count === 0) && ledger.startsWith('intact') && enough;
}

function limitsTable({ limiter: { peaks } }: LocalGitHub) {
  const limits = RATE_LIMITS;
  return {
    'requests at a time': { most: peaks.concurrent, limit: limits.concurrent },
    'REST points a minute': { most: peaks.pointsPerMinute, limit: limits.pointsPerMinute },
    'GraphQL points a minute': { most: peaks.graphqlPointsPerMinute, limit: limits.graphqlPointsPerMinute },
    'content a minute': { most: peaks.contentPerMinute, limit: limits.contentPerMinute },
    'content an hour': { most: peaks.contentPerHour, limit: limits.contentPerHour },
    'REST requests an hour, share': { most: peaks.coreShare, limit: 1 },
    'GraphQL points an hour, share': { most: peaks.graphqlShare, limit: 1 },
  };
}

/** Seconds from a push to its finished run. */
function latencyTable({ pulls }: Day, app: App) {
  const row = (of: (login: string) => boolean) => {
    const all = latencies(
      pulls.filter(({ household, pushedAt }) => pushedAt > INSTALLED && of(household.organisation.login)),
      app,
    );
    const at = (share: number) => Math.round((all[Math.floor(all.length * share)] ?? 0) / 100) / 10;
    return {
      heads: all.length,
      p50: at(0.5),
      p90: at(0.9),
      p99: at(0.99),
      most: Math.round((all.at(-1) ?? 0) / 1_000),
    };
  };
  return { 'the large one': row((login) => login === 'large'), 'small ones': row((login) => login !== 'large') };
}

function memory(): number {
  return Math.round(process.memoryUsage().rss / 1024 / 1024);
}

await main();
