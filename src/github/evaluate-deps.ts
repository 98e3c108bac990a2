import type { Scanner } from '../integration/integration.ts';
import type { Lease } from '../store/lease.ts';
import type { Cache, Handles, Ledger, Queue, State } from '../store/ports.ts';
import type { Judge } from './judge.ts';
import type { Octokit } from './octokit.ts';
import type { RepositoryNames } from './repository-names.ts';

/** What an evaluation needs of the world. */
export interface EvaluateDeps {
  /** This app's id; check runs of other apps are not ours, whatever they say. */
  readonly appId: number;
  /** A guarded client of an installation, for one job. */
  readonly connect: (installationId: number, lease: Lease) => Promise<Octokit>;
  readonly names: RepositoryNames;
  readonly scanner: Scanner;
  readonly judge: Judge;
  readonly cache: Cache;
  readonly state: State;
  readonly handles: Handles;
  readonly ledger: Ledger;
  readonly queue: Pick<Queue, 'mark'>;
  /** Where people look at GitHub: `https://github.com`, without a slash at the end. */
  readonly webUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
