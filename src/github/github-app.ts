import type { Probot } from 'probot';
import type { Scanner } from '../integration/integration.ts';
import type { Evaluate } from '../store/lease.ts';
import type { Store } from '../store/open-store.ts';
import { createEvaluate } from './evaluate.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { Judge } from './judge.ts';
import { guard, mapErrors, type Octokit } from './octokit.ts';
import { repositoryNames } from './repository-names.ts';
import { createWritePace, type WritePace } from './write-pace.ts';

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
  /** Default: within GitHub's secondary limits. */
  readonly pace?: WritePace;
}

/** The GitHub side of the app: what the worker runs for each job. */
export interface GitHubApp {
  readonly evaluate: Evaluate;
}

/** Puts the GitHub side together. */
export function createGitHubApp(options: GitHubAppOptions): GitHubApp {
  const { probot, appId, store, scanner, judge, now } = options;
  const pace = options.pace ?? createWritePace({ now, sleep });
  let client: Promise<Octokit> | undefined;
  // Probot hands out one and the same client for the app itself: what is put on it stays.
  const app = () => {
    client ??= probot.auth().then((octokit) => mapErrors(octokit, now));
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
  return { evaluate: createEvaluate(deps) };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
