import type { Probot } from 'probot';
import type { Scanner } from '../integration/integration.ts';
import type { Sweep } from '../server/sweep.ts';
import type { Evaluate } from '../store/lease.ts';
import type { Store } from '../store/open-store.ts';
import { createEvaluate } from './evaluate.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { Judge } from './judge.ts';
import { guard, guardIdle, type Octokit } from './octokit.ts';
import { repositoryNames } from './repository-names.ts';
import { createRequestPace, type RequestPace } from './request-pace.ts';
import { dueEvaluationsSweep } from './sweeps/due-evaluations.ts';
import { endedOverridesSweep } from './sweeps/ended-overrides.ts';
import { expiringOverridesSweep } from './sweeps/expiring-overrides.ts';
import { failedDeliveriesSweep } from './sweeps/failed-deliveries.ts';
import { openPullRequestsSweep } from './sweeps/open-pull-requests.ts';
import type { SweepDeps } from './sweeps/sweep-deps.ts';

export interface GitHubAppOptions {
  /** Made with `octokitWith` and a bounded `fetch`. */
  readonly probot: Pick<Probot, 'auth'>;
  readonly appId: number;
  readonly store: Pick<Store, 'cache' | 'state' | 'handles' | 'ledger' | 'queue'>;
  readonly scanner: Scanner;
  readonly judge: Judge;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where people look at GitHub, without a slash at the end; default `https://github.com`. */
  readonly webUrl?: string;
  /** Default: within GitHub's limits. */
  readonly pace?: RequestPace;
}

/** The GitHub side of the app: what the worker runs for each job, and what is looked after from time to time. */
export interface GitHubApp {
  readonly evaluate: Evaluate;
  readonly sweeps: readonly Sweep[];
}

/** Puts the GitHub side together. */
export function createGitHubApp(options: GitHubAppOptions): GitHubApp {
  const { probot, appId, store, scanner, judge, now } = options;
  const pace = options.pace ?? createRequestPace({ now, sleep });
  let client: Promise<Octokit> | undefined;
  // Probot hands out one and the same client for the app itself: what is put on it stays.
  const app = () => {
    client ??= probot.auth().then((octokit) => guardIdle(octokit, { installationId: 0, background: false, pace, now }));
    return client;
  };
  const deps: EvaluateDeps = {
    appId,
    connect: async (installationId, lease) =>
      guard(await probot.auth(installationId), { installationId, lease, pace, now }),
    names: repositoryNames(app, store.cache, now),
    scanner,
    judge,
    cache: store.cache,
    state: store.state,
    handles: store.handles,
    ledger: store.ledger,
    queue: store.queue,
    webUrl: options.webUrl ?? 'https://github.com',
    now,
  };
  const sweepDeps: SweepDeps = {
    app,
    installation: async (installationId) =>
      guardIdle(await probot.auth(installationId), { installationId, background: true, pace, now }),
    state: store.state,
    queue: store.queue,
  };
  return {
    evaluate: createEvaluate(deps),
    sweeps: [
      failedDeliveriesSweep(sweepDeps),
      endedOverridesSweep(sweepDeps),
      expiringOverridesSweep(sweepDeps),
      dueEvaluationsSweep(sweepDeps),
      openPullRequestsSweep(sweepDeps),
    ],
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
