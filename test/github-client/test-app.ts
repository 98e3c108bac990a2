import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Probot } from 'probot';
import { boundedFetch, FETCH_BOUNDS } from '../../src/github/bounded-fetch.ts';
import { marksOf } from '../../src/github/event-marks.ts';
import { createGitHubApp, type GitHubApp } from '../../src/github/github-app.ts';
import { judgeWithRooms } from '../../src/github/judge-with-rooms.ts';
import { octokitWith } from '../../src/github/octokit.ts';
import { createLog } from '../../src/server/log.ts';
import { runJob } from '../../src/server/run-job.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { Job, Mark } from '../../src/store/ports.ts';
import { pushFiles } from '../github/actions/repositories.ts';
import type { CheckRun } from '../github/check-state.ts';
import type { LoggedRequest } from '../github/request-log.ts';
import { type Scene, startScene } from '../github/scene.ts';
import type { ReviewComment } from '../github/state.ts';
import { fakeJudge, fakeScanner } from './fakes.ts';

/** The GitHub side of the app against the local GitHub: real client, real store, real queue; the rooms behind it are fakes. */
export interface TestApp extends GitHubApp {
  readonly scene: Scene;
  readonly store: Store;
  readonly scanner: ReturnType<typeof fakeScanner>;
  readonly judge: ReturnType<typeof fakeJudge>;
  /** The app's clock, milliseconds since the epoch. */
  time: number;
  mark(scope: Mark['scope'], more?: Partial<Mark>): Promise<void>;
  /** Works until the queue is empty; failed jobs are tried again as their time comes. Returns how each run ended. */
  drain(): Promise<readonly string[]>;
  /** Runs the next job; undefined where none is due. */
  step(): Promise<string | undefined>;
  /** Requests since the last call, as `METHOD path`. */
  requests(): readonly LoggedRequest[];
  runsOn(sha: string): readonly CheckRun[];
  /** Requests since the last call, by the name of the operation. */
  seen(): readonly string[];
  /** Pushes as the developer; returns the new head. */
  push(files: Readonly<Record<string, string>>, branch?: string): string;
  /** All check runs, oldest first. */
  runs(): readonly CheckRun[];
  comments(): readonly ReviewComment[];
  /** First comments of the resolved threads of a pull request. */
  resolvedThreads(number: number): readonly number[];
  close(): Promise<void>;
}

const LEASE_MS = 60_000;

export type TestAppOptions = NonNullable<Parameters<typeof startScene>[0]> & {
  /** How long the app waits for an answer, in milliseconds. */
  readonly patienceMs?: number;
  /** Verdicts and reports are those of production; only the scanner is a fake. */
  readonly rooms?: boolean;
};

export async function startTestApp({ patienceMs, rooms, ...options }: TestAppOptions = {}): Promise<TestApp> {
  const scene = await startScene(options);
  const folder = mkdtempSync(join(tmpdir(), 'sightline-'));
  const app: { time: number } = { time: Date.now() };
  const now = () => app.time;
  const store = await openStore(join(folder, 'store.db'), { clock: now });
  const [scanner, judge] = [fakeScanner(), fakeJudge()];
  const fetch = boundedFetch(undefined, { ...FETCH_BOUNDS, ...(patienceMs ? { timeoutMs: patienceMs } : {}) });
  const probot = new Probot({
    appId: scene.app.id,
    privateKey: scene.privateKey,
    secret: 'scene-secret',
    baseUrl: `${scene.github.url}/api/v3`,
    Octokit: octokitWith(fetch, 0),
    request: { fetch },
    logLevel: 'fatal',
  });
  const github = createGitHubApp({
    probot,
    appId: scene.app.id,
    store,
    scanner,
    judge: rooms === true ? judgeWithRooms() : judge,
    now,
    pace: { turn: async () => {}, seen: () => {} },
  });
  const taken = takeWebhooks(scene, store, now);
  const work = worker(app, store, github);
  return Object.assign(app, {
    ...github,
    scene,
    store,
    scanner,
    judge,
    async mark(scope: Mark['scope'], more: Partial<Mark> = {}) {
      const { installation, repository } = scene;
      await store.queue.mark(
        [{ installationId: installation.id, repositoryId: repository.id, scope, ...more }],
        app.time,
      );
    },
    drain: () => drain(app, store, taken, work),
    async step() {
      await taken();
      const job = await store.queue.claim(app.time, LEASE_MS);
      return job && work(job);
    },
    requests: () => scene.github.requests.splice(0),
    ...looksAt(scene),
    async close() {
      await store.close();
      await scene.github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

function looksAt({ github, repository, developer }: Scene) {
  return {
    runsOn: (sha: string) => [...repository.checkRuns.values()].filter((run) => run.headSha === sha),
    seen: () => github.requests.splice(0).map(({ method, path, operation }) => `${method} ${operation || path}`),
    push: (files: Readonly<Record<string, string>>, branch = 'change') =>
      pushFiles(github.world, repository, branch, { author: developer, files }),
    runs: () => [...repository.checkRuns.values()],
    comments: () => [...repository.reviewComments.values()],
    resolvedThreads: (number: number) => [...(repository.issues.get(number)?.pullRequest?.resolvedThreads ?? [])],
  };
}

/** Webhooks go straight to the queue; the way through ingress is the server's to test. Resolves when all that came are in it. */
function takeWebhooks(scene: Scene, store: Store, now: () => number): () => Promise<unknown> {
  const { github } = scene;
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  github.deliveries.send = (_app, { event, action, payload }) => {
    if (github.deliveries.mode === 'lose') return;
    const { marks, hints } = marksOf(event, payload, scene.app.id);
    count += 1;
    const delivery = { guid: `guid-${count}`, event, ...(action ? { action } : {}), receivedAt: now(), marks, hints };
    last = Promise.all([last, store.queue.accept(delivery)]);
  };
  return () => last;
}

type Work = (job: Job) => Promise<string>;

function worker(app: { time: number }, store: Store, { evaluate }: GitHubApp): Work {
  const runner = {
    queue: store.queue,
    evaluate,
    clock: () => app.time,
    random: () => 0,
    log: createLog((process.env.TEST_LOG ?? 'silent') as 'silent', []),
    metrics: { run: () => {} },
    redact: (text: string) => text,
    leaseMs: LEASE_MS,
    jobTimeoutMs: 60_000,
  };
  return (job) => runJob(runner, job, new AbortController().signal);
}

async function drain(app: { time: number }, store: Store, taken: () => Promise<unknown>, work: Work) {
  const outcomes: string[] = [];
  for (;;) {
    await taken();
    const job = await store.queue.claim(app.time, LEASE_MS);
    if (job) {
      outcomes.push(await work(job));
      continue;
    }
    const { waiting, running } = await store.queue.depth(app.time);
    if (waiting + running === 0) return outcomes;
    app.time += 60_000;
  }
}
