import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { CHECK_NAME } from '../../src/github/check-run-identity.ts';
import { readMark } from '../../src/github/comment-marker.ts';
import { readAppFile } from '../../src/server/app-manifest.ts';
import { openStore } from '../../src/store/open-store.ts';
import { pushFiles } from '../github/actions/repositories.ts';
import { openChange, type Scene, startScene } from '../github/scene.ts';
import { eventually } from '../server/fakes.ts';
import { sqlite } from '../store/engines.ts';
import { findPostgres, startPostgres } from '../store/postgres-server.ts';
import { type Balancer, startBalancer } from './balancer.ts';

const ENTRY = join(import.meta.dirname, '../../dist/server/main.js');
const SECRET = 'a secret for the soak';
const PULL_REQUESTS = 6;
const CODE =
  "import boto3\nboto3.client('rekognition').search_faces_by_image(CollectionId='staff', Image={'Bytes': image})\n";

const PLANS = [
  { engine: 'SQLite', processes: 1, kills: Number(process.env.KILLS ?? 100) },
  { engine: 'PostgreSQL', processes: 3, kills: Number(process.env.KILLS ?? 100) },
] as const;

const table: Record<string, unknown>[] = [];
afterAll(() => console.table(table));

it.each(PLANS)(
  'the whole path on $engine, $processes processes, $kills kills',
  { timeout: 40 * 60_000 },
  async (plan) => {
    const bin = plan.engine === 'PostgreSQL' ? findPostgres() : undefined;
    const postgres = bin ? await startPostgres(bin, { durable: true }) : undefined;
    onTestFinished(async () => postgres?.remove());
    const location = postgres?.url ?? (await sqlite.fresh());
    const { default_permissions: permissions, default_events: events } = readAppFile();
    const scene = await startScene({ app: { permissions, events, secret: SECRET } });
    const balancer = await startBalancer();
    scene.app.hook.url = `${balancer.url}/api/github/webhooks`;
    const apps = await Promise.all(Array.from({ length: plan.processes }, () => startApp(scene, location, balancer)));
    onTestFinished(async () => {
      for (const { child } of apps) child.kill('SIGKILL');
      balancer.close();
      await scene.github.close();
    });
    const branches = Array.from({ length: PULL_REQUESTS }, (_, index) => `change-${index}`);
    for (const branch of branches) openChange(scene, { [`${branch}.py`]: CODE }, { branch });
    let databaseCrashes = 0;
    for (let kill = 1; kill <= plan.kills; kill += 1) {
      push(scene, branches);
      await pause(500 + Math.random() * 2_000);
      push(scene, branches);
      const victim = Math.floor(Math.random() * apps.length);
      await killApp(apps[victim] as App, balancer);
      if (postgres && kill % 20 === 10) {
        databaseCrashes += 1;
        await postgres.crash();
        await postgres.start();
      }
      apps[victim] = await startApp(scene, location, balancer);
    }
    await redeliver(scene, balancer);
    const found = await aftermath(scene, location, branches);
    table.push({
      engine: plan.engine,
      processes: plan.processes,
      kills: plan.kills,
      databaseCrashes,
      accepted: balancer.accepted.size,
      ...found,
    });
    expect(found).toMatchObject({
      unfinished: 0,
      'heads without one finished run': 0,
      'doubled comments': 0,
      ledger: 'intact',
    });
    expect(scene.github.violations).toEqual([]);
  },
);

interface App {
  readonly child: ChildProcess;
  readonly port: number;
}

async function startApp(scene: Scene, location: string, balancer: Balancer): Promise<App> {
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH ?? '',
    APP_ID: String(scene.app.id),
    PRIVATE_KEY: scene.privateKey,
    WEBHOOK_SECRET: SECRET,
    GHE_HOST: scene.github.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'silent' as const,
    ...(location.startsWith('postgres') ? { DATABASE_URL: location } : { SIGHTLINE_STORE: location }),
  };
  const child = spawn(process.execPath, ['--no-warnings', ENTRY], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(isReady, 60_000);
  balancer.ports.add(port);
  return { child, port };
}

async function killApp({ child, port }: App, balancer: Balancer): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  balancer.ports.delete(port);
}

/** A new head on one of the branches, sometimes with another finding. */
function push({ github: { world }, repository, developer }: Scene, branches: readonly string[]): void {
  const branch = branches[Math.floor(Math.random() * branches.length)] ?? '';
  const files =
    Math.random() < 0.3
      ? { [`${branch}-${Math.floor(Math.random() * 3)}.py`]: CODE }
      : { 'notes.txt': String(Math.random()) };
  pushFiles(world, repository, branch, { author: developer, files });
}

/** What the sweep would ask GitHub for within five minutes: deliveries that nobody answered. */
async function redeliver({ github: { deliveries }, app }: Scene, { accepted }: Balancer): Promise<void> {
  await deliveries.settled();
  const lost = deliveries.log.filter(({ guid }) => !accepted.has(guid));
  for (const delivery of new Map(lost.map((each) => [each.guid, each])).values()) deliveries.redeliver(app, delivery);
  await deliveries.settled();
}

async function aftermath(scene: Scene, location: string, branches: readonly string[]) {
  const store = await openStore(location);
  try {
    const unfinished = async () => {
      const { due, running, waiting, dead } = await store.queue.depth(Date.now());
      return due + running + waiting + dead;
    };
    // A lease lives for a minute after the process that held it, and the local GitHub is written to once a second.
    const isQuiet = async () => {
      await scene.github.deliveries.settled();
      return (await unfinished()) === 0;
    };
    await eventually(isQuiet, 8 * 60_000).catch(() => undefined);
    const verification = await store.verifyLedger();
    return {
      verdicts: (await store.ledger.read({ kinds: ['verdict'] })).length,
      unfinished: await unfinished(),
      'heads without one finished run': branches.filter((branch) => !hasOneFinishedRun(scene, branch)).length,
      'doubled comments': doubledComments(scene),
      ledger: verification.intact ? 'intact' : verification.reason,
    };
  } finally {
    await store.close();
  }
}

function hasOneFinishedRun({ repository, app }: Scene, branch: string): boolean {
  const head = repository.refs.get(`refs/heads/${branch}`);
  const runs = [...repository.checkRuns.values()].filter(
    ({ headSha, name }) => headSha === head && name === CHECK_NAME,
  );
  const ours = runs.filter(({ appId }) => appId === app.id);
  return ours.length === 1 && ours[0]?.status === 'completed';
}

/** Comments of ours on one pull request about one finding; there must be no second. */
function doubledComments({ repository, app }: Scene): number {
  const ours = [...repository.reviewComments.values()].filter(({ authorId }) => authorId === app.botId);
  const marks = ours.flatMap(({ body, issueNumber }) => {
    const mark = readMark(body);
    return mark ? [`${issueNumber} ${mark.fingerprint}`] : [];
  });
  return marks.length - new Set(marks).size;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
