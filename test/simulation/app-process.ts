import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { appEnvironment, isReady, METRICS_TOKEN } from '../end-to-end/app-environment.ts';
import type { LocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';
import { findFreePort } from '../support/find-free-port.ts';

/** How the app is after its time was moved. */
export interface AppState {
  /** Its time: the one wished for, or earlier where work began on the way. */
  readonly now: number;
  readonly busy: boolean;
  readonly heap: number;
  readonly rss: number;
  /** Seconds of processor time that the process has used. */
  readonly cpu: number;
}

/** The real app as a process of its own, whose time is moved from here. */
export interface AppProcess {
  /** Moves its time to `to`, ringing its timers on the way. `leap`: stops where one of them begins work. */
  advance(to: number, leap: boolean): Promise<AppState>;
  metrics(): Promise<string>;
  kill(): Promise<void>;
}

export interface AppProcessOptions {
  readonly github: LocalGitHub;
  readonly app: App;
  readonly privateKey: string;
  readonly entry: string;
  readonly store: string;
  readonly logFile: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const CLOCK = new URL('../../../test/simulation/simulated-clock.mjs', import.meta.url).href;
const START_MS = 30_000;

/** Starts `node <entry>` and points the app's webhooks at it. Throws where it does not come up. */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const { github, app, privateKey, entry, store, logFile, now } = options;
  const port = await findFreePort();
  const log = openSync(logFile, 'a');
  const child = fork(entry, [], {
    execArgv: ['--no-warnings', '--import', CLOCK, ...(process.env.APP_NODE_OPTIONS?.split(' ') ?? [])],
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...appEnvironment({ github, app, privateKey, port, store }),
      SIMULATED_NOW: String(now),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url, logFile);
  app.hook.url = `${url}/api/github/webhooks`;
  return {
    async advance(to, leap) {
      child.send({ to, leap });
      const [state] = (await once(child, 'message')) as [AppState];
      return state;
    },
    metrics: async () =>
      (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text(),
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const end = performance.now() + START_MS;
  while (performance.now() < end && child.exitCode === null) {
    if (await isReady(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The app did not start; see ${logFile}`);
}
