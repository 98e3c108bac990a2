import type { Queue, State } from '../../store/ports.ts';
import type { Octokit } from '../octokit.ts';

/** What the sweeps of the GitHub side need. */
export interface SweepDeps {
  /** A client of the app itself. */
  readonly app: () => Promise<Octokit>;
  /** A client of an installation that belongs to no job; its errors are `GitHubError`s. */
  readonly installation: (installationId: number) => Promise<Octokit>;
  readonly state: State;
  readonly queue: Pick<Queue, 'mark' | 'pauseInstallation'>;
}
