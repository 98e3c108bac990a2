import { Probot } from 'probot';
import { onTestFinished } from 'vitest';
import { boundedFetch, FETCH_BOUNDS } from '../../../src/github/bounded-fetch.ts';
import { createGitHubApp } from '../../../src/github/github-app.ts';
import { octokitWith } from '../../../src/github/octokit.ts';
import { readAppFile } from '../../../src/server/app-manifest.ts';
import { createMetrics, type Metrics, type RunOutcome } from '../../../src/server/metrics.ts';
import { startServer } from '../../../src/server/start-server.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { createOrganisation } from '../../github/actions/accounts.ts';
import { installApp } from '../../github/actions/apps.ts';
import type { PullRequestIssue } from '../../github/actions/pull-requests.ts';
import { createRepository, pushFiles } from '../../github/actions/repositories.ts';
import type { RateLimits } from '../../github/rate-limit.ts';
import { openChange, type Scene, startScene } from '../../github/scene.ts';
import { fakeJudge, fakeScanner } from '../../github-client/fakes.ts';
import { plumbing, readableLog } from '../../server/fakes.ts';
import { type Engine, openedStore } from '../../store/engines.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';

const SECRET = 'a secret for the network tests';
const PATH = '/api/github/webhooks';

/** One installation of the app: an organisation with one repository. */
export type Place = Pick<Scene, 'github' | 'app' | 'developer' | 'repository' | 'installation'>;

/** The real server and the local GitHub in one process, with hours that pass when nobody has anything to do. */
export interface NetworkStage {
  readonly scene: Scene;
  readonly store: Store;
  readonly places: readonly Place[];
  /** How runs ended, in order. */
  readonly outcomes: RunOutcome[];
  /** Sees what the server logged. */
  lines(): Record<string, unknown>[];
  /** Lets the server work until nothing is left to do, and time pass where it waits; gives the minutes that passed so. */
  quiet(): Promise<number>;
  /** Lets time pass, for whoever looks at a clock. */
  pass(milliseconds: number): void;
}

export interface NetworkOptions {
  readonly engine: Engine;
  readonly installations?: number;
  readonly rateLimits?: Partial<RateLimits>;
  readonly concurrency?: number;
  /** How long an answer of GitHub's is waited for, and how long a whole run. */
  readonly answerMs?: number;
  readonly jobMs?: number;
}

export async function startNetwork(options: NetworkOptions): Promise<NetworkStage> {
  const clock = jumpingClock();
  onTestFinished(clock.restore);
  const { default_permissions: permissions, default_events: events } = readAppFile();
  const scene = await startScene({
    app: { permissions, events, secret: SECRET },
    clock: () => Date.now(),
    ...(options.rateLimits ? { rateLimits: options.rateLimits } : {}),
  });
  onTestFinished(() => scene.github.close());
  const store = await openedStore(options.engine, { clock: () => Date.now() });
  const outcomes: RunOutcome[] = [];
  const metrics = createMetrics();
  const { log, lines } = readableLog([SECRET, scene.privateKey]);
  const server = await startServer({
    ...plumbing(),
    log,
    metrics: { ...metrics, run: (outcome) => void outcomes.push(outcome) } satisfies Metrics,
    settings: {
      appId: 1,
      webhookSecrets: [SECRET],
      webhookPath: PATH,
      host: '127.0.0.1',
      port: 0,
      concurrency: options.concurrency ?? 4,
      graceMs: 0,
    },
    store,
    evaluate: appOn(scene, store, options.answerMs),
    sweeps: [],
    clock: () => Date.now(),
    worker: { pollMs: 10, ...(options.jobMs ? { jobTimeoutMs: options.jobMs } : {}) },
  });
  onTestFinished(() => server.stop());
  scene.app.hook.url = `http://127.0.0.1:${server.port}${PATH}`;
  const places = Array.from({ length: options.installations ?? 1 }, (_, index) => settle(scene, index));
  return { scene, store, places, outcomes, lines, quiet: () => quiet(scene, store, clock.jump), pass: clock.jump };
}

function appOn(scene: Scene, store: Store, answerMs = 2_000) {
  const fetch = boundedFetch(() => undefined, { ...FETCH_BOUNDS, timeoutMs: answerMs });
  const probot = new Probot({
    appId: scene.app.id,
    privateKey: scene.privateKey,
    secret: SECRET,
    baseUrl: `${scene.github.url}/api/v3`,
    Octokit: octokitWith(fetch, 0),
    request: { fetch },
    logLevel: 'fatal',
  });
  const parts = { probot, appId: scene.app.id, store, scanner: fakeScanner(), judge: fakeJudge() };
  return createGitHubApp({ ...parts, now: () => Date.now(), pace: { turn: async () => {}, seen: () => {} } }).evaluate;
}

/** The scene's own organisation first, then others beside it. */
function settle(scene: Scene, index: number): Place {
  if (index === 0) return scene;
  const { github, app, developer, owner } = scene;
  const organisation = createOrganisation(github.world, `acme-${index}`, owner);
  organisation.members.set(developer.id, { role: 'member', state: 'active' });
  const repository = createRepository(github.world, organisation, 'widgets', { files: { 'README.md': '# Widgets\n' } });
  repository.collaborators.set(developer.id, { permission: 'write', roleName: 'write' });
  return {
    github,
    app,
    developer,
    repository,
    installation: installApp(github.world, app, organisation, 'all', owner),
  };
}

const MINUTE_MS = 60_000;
/** A job is given up long before: twelve attempts span about two hours. */
const LONGEST_MINUTES = 24 * 60;

async function quiet({ github }: Scene, store: Store, jump: (ms: number) => void): Promise<number> {
  let minutes = 0;
  for (;;) {
    await github.deliveries.settled();
    const delivered = github.deliveries.log.length;
    const { due, running, waiting } = await store.queue.depth(Date.now());
    if (due + running + waiting === 0 && github.deliveries.log.length === delivered) return minutes;
    if (minutes > LONGEST_MINUTES) throw new Error('A day has passed, and there is still something to do');
    if (due + running === 0) {
      jump(MINUTE_MS / 2);
      minutes += 0.5;
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Opens a pull request with two findings. */
export function open(place: Place, branch: string): PullRequestIssue {
  return openChange(place, { [`${branch}.py`]: 'FACE:1\nFACE:2\n' }, { branch });
}

/** Mends one finding and brings another. */
export function push({ github, repository, developer }: Place, branch: string): void {
  const files = { [`${branch}.py`]: 'FACE:1\n', [`${branch}-more.py`]: 'x = 1\nFACE:3\n' };
  pushFiles(github.world, repository, branch, { author: developer, files });
}
