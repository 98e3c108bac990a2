import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { appEnvironment, isReady, METRICS_TOKEN } from './app-environment.ts';

/** The real app, running as a process of its own against a local GitHub. */
export interface RunningApp {
  readonly url: string;
  /** Jobs that are due, running or waiting for another attempt. */
  countOpenJobs(): Promise<number>;
  /** The end of its log. */
  readLog(lines?: number): string;
  readonly process: ChildProcess;
  /** Its embedded store. */
  readonly storeFile: string;
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly github: LocalGitHub;
  readonly app: App;
  readonly privateKey: string;
  /** Compiled entry point. */
  readonly entry: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Modules that are loaded before the app. */
  readonly imports?: readonly string[];
  /** How far the app's clock runs beside the machine's; the local GitHub's has to run with it. */
  readonly clockShiftMs?: number;
}

const SHIFTED_CLOCK = new URL('./shifted-clock.mjs', import.meta.url).href;

/** Sweeps run one after the other; this is the last. */
const LAST_SWEEP = /^sightline_sweeps_total\{sweep="open_pull_requests"/m;

const START_MS = 60_000;
const STOP_MS = 10_000;

/** Starts `node <entry>` with an empty store in a temporary folder and points the app's webhooks at it. Throws with its log where it does not come up. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { github, app, privateKey, entry } = options;
  const folder = mkdtempSync(join(tmpdir(), 'sightline-'));
  const logFile = join(folder, 'app.log');
  const storeFile = join(folder, 'sightline.db');
  const port = options.port ?? (await findFreePort());
  const environment: NodeJS.ProcessEnv = {
    ...appEnvironment({ github, app, privateKey, port, store: storeFile }),
    CLOCK_SHIFT_MS: String(options.clockShiftMs ?? 0),
    ...options.environment,
  };
  const shift = options.clockShiftMs ?? 0;
  const imports = [...(shift === 0 ? [] : [SHIFTED_CLOCK]), ...(options.imports ?? [])];
  const child = spawn(process.execPath, [...imports.flatMap((one) => ['--import', one]), entry], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const url = `http://127.0.0.1:${port}`;
  const running: RunningApp = {
    url,
    process: child,
    storeFile,
    countOpenJobs: () => countOpenJobs(url),
    readLog: (lines = 40) => readFileSync(logFile, 'utf8').split('\n').slice(-lines).join('\n'),
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  app.hook.url = `${url}/api/github/webhooks`;
  await waitUntilReady(running);
  return running;
}

async function waitUntilReady(app: RunningApp): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && app.process.exitCode === null) {
    if (await isReady(app.url)) return;
    await pause(50);
  }
  const log = app.readLog();
  await app.stop();
  throw new Error(`The app did not start. The end of its log:\n${log}`);
}

/** Waits for the sweeps of the start, so that their requests are not taken for those of what follows. */
export async function waitUntilSwept({ url }: RunningApp): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!LAST_SWEEP.test(await metricsOf(url))) {
    if (Date.now() > deadline) throw new Error('The sweeps of the start did not end.');
    await pause(50);
  }
}

async function metricsOf(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
}

async function countOpenJobs(url: string): Promise<number> {
  const text = await metricsOf(url);
  const jobs = [...text.matchAll(/^sightline_queue_jobs\{state="(due|running|waiting)"\} (\d+)$/gm)];
  if (jobs.length === 0) throw new Error('the app tells nothing of its queue at /metrics');
  return jobs.reduce((sum, [, , count]) => sum + Number(count), 0);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(force);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
