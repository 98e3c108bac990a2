import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readAppFile } from '../../../src/server/app-manifest.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createTeam, createUser } from '../../github/actions/accounts.ts';
import { createIssueComment } from '../../github/actions/comments.ts';
import type { PullRequestIssue } from '../../github/actions/pull-requests.ts';
import { openChange, type Scene, startScene } from '../../github/scene.ts';
import { viewPullRequest } from '../../github/view/pull-request-view.ts';
import { renderText } from '../../github/view/render-text.ts';
import { normalise } from '../normalise.ts';
import { pause, type RunningApp, startApp } from '../start-app.ts';
import { arm, bury, type Kill } from './kill.ts';
import { ledgerOf } from './ledger-of.ts';

/** What is left of a dialogue when all is done; two runs that did the same have the same. */
export interface Played {
  /** What people see of the pull request. */
  readonly view: string;
  /** The ledger's entries without what differs from run to run. */
  readonly ledger: readonly string[];
  /** What `sightline ledger verify` says and both exports hold. */
  readonly export: { readonly verified: boolean; readonly jsonl: number; readonly csv: number };
  /** Conclusions of the check run after each step. */
  readonly conclusions: readonly (string | null | undefined)[];
  readonly violations: readonly unknown[];
  /** For each step, whether the kill's moment came. */
  readonly met: readonly boolean[];
}

const CODE =
  "import boto3\nboto3.client('rekognition').search_faces_by_image(CollectionId='staff', Image={'Bytes': image})\n";
const KILLABLE = new URL('./kill-at-commit.mjs', import.meta.url).href;

/** The dialogue: what is done in each step. */
export const STEPS = ['fail', 'request', 'self-approval', 'approval'] as const;

/**
 * Plays the dialogue with the app as a process of its own, killed once in each step for which there is a kill, and started again on the
 * same store.
 * @param entry compiled `server/main.js`
 */
export async function playDialogue(entry: string, kills: readonly (Kill | undefined)[]): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-dialogue-'));
  const stage = await setScene();
  const store = join(folder, 'store.db');
  const killFile = join(folder, 'kill');
  const environment = { SIGHTLINE_STORE: store, LEASE_SECONDS: '2', KILL_AT_COMMIT: killFile };
  const { github, app, privateKey } = stage;
  const start = () => startApp({ github, app, privateKey, entry, environment, imports: [KILLABLE] });
  let running = await start();
  const met: boolean[] = [];
  const conclusions: Played['conclusions'][number][] = [];
  try {
    for (const [index, name] of STEPS.entries()) {
      const kill = kills[index];
      const armed = kill && arm(kill, running, github.faults, killFile);
      stage.act(name);
      if (armed) await settledOrDead(stage, running);
      met.push((await armed?.disarm()) ?? false);
      if (met[index]) {
        await bury(running);
        running = await start();
        await redeliver(stage);
      }
      await settled(stage, running);
      conclusions.push(stage.conclusion());
    }
    const exported = exports(entry, store);
    await running.stop();
    return { ...(await left(stage, store)), export: exported, conclusions, met };
  } finally {
    await running.stop();
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage extends Scene {
  act(step: (typeof STEPS)[number]): void;
  conclusion(): string | null | undefined;
  readonly pull: () => PullRequestIssue;
}

async function setScene(): Promise<Stage> {
  const { default_permissions: permissions, default_events: events } = readAppFile();
  const files = { 'README.md': '# Desk\n', '.github/sightline.yml': 'approvers: [{teams: [acme/compliance]}]\n' };
  const scene = await startScene({ files, app: { permissions, events, slug: 'sightline' } });
  const { github, organisation, repository, developer } = scene;
  const approver = createUser(github.world, 'approver');
  const compliance = createTeam(github.world, organisation, 'compliance');
  // The developer is an approver as well: only that he asked keeps him from deciding.
  for (const { id } of [developer, approver]) {
    organisation.members.set(id, { role: 'member', state: 'active' });
    compliance.members.set(id, { role: 'member', state: 'active' });
  }
  let pull: PullRequestIssue | undefined;
  const opened = () => pull as PullRequestIssue;
  const say = (accountId: number, body: string) =>
    void createIssueComment(github.world, repository, opened(), { accountId }, body);
  return {
    ...scene,
    pull: opened,
    act(step) {
      if (step === 'fail') pull = openChange(scene, { 'desk/recognise.py': CODE });
      if (step === 'request') say(developer.id, '/sightline override F1 for 14d because accepted-risk: a pilot');
      if (step === 'self-approval') say(developer.id, '/sightline approve O1');
      if (step === 'approval') say(approver.id, '/sightline approve O1');
    },
    conclusion: () =>
      [...repository.checkRuns.values()].findLast(({ headSha }) => headSha === pull?.pullRequest.headSha)?.conclusion,
  };
}

const LONGEST_MS = 60_000;

/** Waits until nothing is left to do: every webhook was answered, the app's queue is empty, and both were so for a moment. */
async function settled(stage: Stage, app: RunningApp): Promise<void> {
  const deadline = Date.now() + LONGEST_MS;
  const { deliveries } = stage.github;
  for (;;) {
    await deliveries.settled();
    const delivered = deliveries.log.length;
    const open = await app.countOpenJobs();
    await deliveries.settled();
    if (open === 0 && deliveries.log.length === delivered) return;
    if (Date.now() > deadline) throw new Error(`The app has ${open} open jobs. Its log:\n${app.readLog(15)}`);
    await pause(25);
  }
}

async function settledOrDead(stage: Stage, app: RunningApp): Promise<void> {
  const dead = new Promise<void>((resolve) => {
    if (app.process.exitCode !== null || app.process.signalCode !== null) resolve();
    else app.process.once('exit', () => resolve());
  });
  // Whoever is killed does not answer the question how many jobs he has; who is alive and does not settle is a fault.
  const alive = settled(stage, app).catch((error: unknown) =>
    Promise.race([
      dead,
      pause(5_000).then(() => {
        throw error;
      }),
    ]),
  );
  await Promise.race([dead, alive]);
}

/** What the sweep asks GitHub for within five minutes: deliveries that nobody answered. */
async function redeliver({ github: { deliveries }, app }: Stage): Promise<void> {
  await deliveries.settled();
  const answered = new Set(
    deliveries.log.flatMap(({ guid, statusCode }) => (statusCode < 300 && statusCode > 0 ? [guid] : [])),
  );
  const lost = new Map(deliveries.log.flatMap((one) => (answered.has(one.guid) ? [] : [[one.guid, one] as const])));
  for (const delivery of lost.values()) deliveries.redeliver(app, delivery);
}

async function left(stage: Stage, file: string): Promise<Pick<Played, 'view' | 'ledger' | 'violations'>> {
  const { github, repository } = stage;
  const view = renderText(viewPullRequest(github.world, repository, stage.pull()));
  const store = await openStore(file);
  try {
    const ledger = ledgerOf(await store.ledger.read({}));
    return { view: normalise(view, github.host), ledger, violations: github.violations };
  } finally {
    await store.close();
  }
}

function exports(entry: string, store: string): Played['export'] {
  const cli = join(dirname(entry), '../cli.js');
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['--no-warnings', cli, ...args], {
      env: { PATH: process.env.PATH ?? '', SIGHTLINE_STORE: store },
      encoding: 'utf8',
    });
  return {
    verified: run('ledger', 'verify').includes('intact'),
    jsonl: run('ledger', 'export', '--format', 'jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)).length,
    csv: run('ledger', 'export', '--format', 'csv').trimEnd().split('\n').length - 1,
  };
}
