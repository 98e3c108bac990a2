import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { appEnvironment, isReady, METRICS_TOKEN } from '../end-to-end/app-environment.ts';
import type { LocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';
import { findFreePort } from '../support/find-free-port.ts';

/** How the app is when its time has come to where it may go. */
export interface AppState {
  readonly now: number;
  readonly busy: boolean;
  /** Bytes, as the rest of the memory looked at from time to time. */
  readonly heap: number;
  readonly rss: number;
  /** Seconds of processor time that the process has used. */
  readonly cpu: number;
}

/** The real app as a process of its own, whose time is moved from here. */
export interface AppProcess {
  /** Lets its time go on to `to`, ringing its timers on the way. Throws where the process ends. */
  advance(to: number): Promise<AppState>;
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
  /** Told the app's time before each of its requests. */
  readonly tell: (now: number) => void;
}

/** What the app's process says before it asks GitHub for something. */
interface Telling {
  readonly time: number;
}

const CLOCK = new URL('../../../test/simulation/simulated-clock.mjs', import.meta.url).href;
const START_MS = 30_000;

/** Starts `node <entry>` and points the app's webhooks at it. Throws where it does not come up. */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const { github, app, privateKey, entry, store, logFile, now, tell } = options;
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
  child.on('message', (message: AppState | Telling) => {
    if (!('time' in message)) return;
    tell(message.time);
    child.send({ known: message.time });
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url, logFile);
  app.hook.url = `${url}/api/github/webhooks`;
  return {
    advance: (to) => advance(child, to),
    metrics: async () =>
      (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text(),
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function advance(child: ChildProcess, to: number): Promise<AppState> {
  return new Promise((resolve, reject) => {
    const end = () => {
      child.off('message', hear);
      child.off('exit', fail);
    };
    const fail = () => {
      end();
      reject(new Error('The app has ended by itself; its log says why.'));
    };
    const hear = (message: AppState | Telling) => {
      if ('time' in message) return;
      end();
      resolve(message);
    };
    child.on('message', hear);
    child.on('exit', fail);
    child.send({ to });
  });
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
