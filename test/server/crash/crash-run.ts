import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { pullRequest } from '../../store/samples.ts';
import { eventually } from '../fakes.ts';
import { headersFor } from '../test-server.ts';
import { startWitness, type Witness } from './witness.ts';

const SECRET = 'a secret for the crash test';
const PULL_REQUESTS = 12;

export interface CrashPlan {
  /** Folder of the compiled source. */
  readonly source: string;
  readonly location: string;
  /** Server processes at a time. */
  readonly processes: number;
  readonly kills: number;
  /** Share of the evaluations that fail by themselves, 0 to 1. */
  readonly failures?: number;
  /** Kills the database itself, as often as told, spread over the run. */
  readonly database?: { readonly crashes: number; crash(): Promise<void>; start(): Promise<void> };
}

/** One row of the table that a crash run prints. */
export interface CrashResult {
  readonly kills: number;
  readonly databaseCrashes: number;
  readonly sent: number;
  readonly accepted: number;
  readonly runs: number;
  readonly verdicts: number;
  readonly overlaps: readonly string[];
  /** Pull requests whose last published head is older than their newest accepted one. */
  readonly stale: readonly number[];
  readonly unfinished: number;
  readonly ledger: string;
  readonly exitCodes: readonly (number | null)[];
}

interface App {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Serves, sends and kills until the plan is done; then lets the survivors finish and looks at what is left. */
export async function crashRun(plan: CrashPlan): Promise<CrashResult> {
  const witness = await startWitness();
  const boot = () => startApp([plan.source, plan.location, SECRET, witness.url, String(plan.failures ?? 0)]);
  const apps = await Promise.all(Array.from({ length: plan.processes }, boot));
  onTestFinished(() => apps.forEach(({ child }) => void child.kill('SIGKILL')));
  const sender = startSending(witness, apps);
  let databaseCrashes = 0;
  for (let kill = 1; kill <= plan.kills; kill += 1) {
    await pause(100 + Math.random() * 300);
    if (plan.database && databaseCrashes < plan.database.crashes && kill % 4 === 2) {
      databaseCrashes += 1;
      await plan.database.crash();
      await plan.database.start();
    }
    const victim = Math.floor(Math.random() * apps.length);
    const { child } = apps[victim] as App;
    child.kill('SIGKILL');
    await exited(child);
    witness.died(child.pid ?? 0);
    apps[victim] = await boot();
  }
  await sender.stop();
  return { ...(await aftermath(plan.location, witness, apps)), kills: plan.kills, databaseCrashes, ...sender.counts() };
}

async function startApp(parameters: readonly string[]): Promise<App> {
  const program = new URL('./app.mjs', import.meta.url);
  const child = fork(program, parameters, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
  });
  const [message] = (await once(child, 'message')) as [{ readonly port: number }];
  return { child, port: message.port };
}

/** Pushes to pull requests and delivers that, to whichever process, until it is stopped; ends with one push to each. */
function startSending(witness: Witness, apps: readonly App[]) {
  const counts = { sent: 0, accepted: 0 };
  let stopping = false;
  async function push(number: number): Promise<boolean> {
    witness.heads.set(number, (witness.heads.get(number) ?? 0) + 1);
    counts.sent += 1;
    const accepted = await deliver(apps[Math.floor(Math.random() * apps.length)] as App, number);
    if (accepted) counts.accepted += 1;
    return accepted;
  }
  async function loop(): Promise<void> {
    while (!stopping) {
      await push(1 + Math.floor(Math.random() * PULL_REQUESTS));
      await pause(Math.random() * 10);
    }
    for (let number = 1; number <= PULL_REQUESTS; number += 1) await eventually(() => push(number), 30_000);
  }
  const loops = Promise.all([loop(), loop()]);
  return {
    counts: () => counts,
    async stop() {
      stopping = true;
      await loops;
    },
  };
}

async function deliver({ port }: App, number: number): Promise<boolean> {
  const { scope: _, ...mark } = pullRequest(number);
  const body = JSON.stringify({
    action: 'synchronize',
    number,
    installation: { id: mark.installationId },
    repository: { id: mark.repositoryId },
    pull_request: { number },
  });
  const init = { method: 'POST', body, headers: headersFor(body, 'pull_request', SECRET) };
  const response = await fetch(`http://127.0.0.1:${port}/hook`, init).catch(() => undefined);
  await response?.text().catch(() => undefined);
  return response?.status === 202;
}

async function aftermath(location: string, witness: Witness, apps: readonly App[]) {
  const store = await openStore(location);
  try {
    const unfinished = async () => {
      const { due, running, waiting, dead } = await store.queue.depth(Date.now());
      return due + running + waiting + dead;
    };
    await eventually(async () => (await unfinished()) === 0, 60_000).catch(() => undefined);
    const stale = [...witness.heads].filter(([number, head]) => witness.published.get(number) !== head);
    const exitCodes = await Promise.all(apps.map(({ child }) => terminated(child)));
    const verification = await store.verifyLedger();
    return {
      runs: witness.runs.started,
      verdicts: verification.intact ? verification.entries : -1,
      overlaps: witness.overlaps,
      stale: stale.map(([number]) => number),
      unfinished: await unfinished(),
      ledger: verification.intact ? 'intact' : verification.reason,
      exitCodes,
    };
  } finally {
    await store.close();
  }
}

async function terminated(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  await exited(child);
  return child.exitCode;
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
