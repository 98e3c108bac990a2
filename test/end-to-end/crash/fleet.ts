import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Balancer } from './balancer.ts';

const TRACED = new URL('./traced.mjs', import.meta.url).href;
const LOG_LINES = 400;

/** One process of the real app. */
export interface App {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
}

export interface Fleet {
  /** Starts a process and sends it traffic once it listens; one that ends before (its database is down) is started again, as a supervisor would. */
  start(): Promise<App>;
  /** Resolves when the process is dead; nothing is sent to it any more. */
  buried(app: App): Promise<void>;
  /** Ends all that still run, in order, and gives their exit codes. */
  stop(): Promise<readonly (number | null)[]>;
  /** What the processes logged last, for when something is amiss. */
  readonly log: readonly string[];
  /** Starts that ended before the process could listen. */
  readonly failedStarts: () => number;
}

/** Processes of `entry` (a compiled `server/main.js`) with one environment, behind one balancer. */
export function createFleet(entry: string, environment: NodeJS.ProcessEnv, balancer: Balancer): Fleet {
  const alive = new Set<App>();
  const log: string[] = [];
  let failedStarts = 0;
  async function tryToStart(): Promise<App | undefined> {
    const child = spawn(process.execPath, ['--no-warnings', '--import', TRACED, entry], {
      env: { ...environment, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const port = await Promise.race([
      listening(child, (line) => remember(log, child, line)),
      once(child, 'exit').then(() => undefined),
    ]);
    return port === undefined ? undefined : { child, pid: child.pid ?? 0, port };
  }
  async function start(): Promise<App> {
    for (;;) {
      const app = await tryToStart();
      if (app) {
        alive.add(app);
        balancer.ports.add(app.port);
        return app;
      }
      failedStarts += 1;
    }
  }
  async function buried(app: App): Promise<void> {
    if (app.child.exitCode === null && app.child.signalCode === null) await once(app.child, 'exit');
    balancer.ports.delete(app.port);
    alive.delete(app);
  }
  async function stop(): Promise<readonly (number | null)[]> {
    const ending = [...alive].map(async (app) => {
      app.child.kill('SIGTERM');
      await buried(app);
      return app.child.exitCode;
    });
    return Promise.all(ending);
  }
  return { start, buried, stop, log, failedStarts: () => failedStarts };
}

/** The port that a process says it listens on. */
function listening(child: ChildProcess, onLine: (line: string) => void): Promise<number> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        onLine(line);
        const found = /"port":(\d+).*"msg":"Sightline is listening"/.exec(line);
        if (found) resolve(Number(found[1]));
      });
    }
  });
}

function remember(log: string[], { pid }: ChildProcess, line: string): void {
  log.push(`${pid} ${line}`);
  if (log.length > LOG_LINES) log.splice(0, log.length - LOG_LINES);
}
