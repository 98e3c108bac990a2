import type { Job, LedgerDraft } from './ports.ts';

/** A worker's hold on its job. Whoever lost it stops: somebody else may be at it already. */
export interface Lease {
  /** Aborted when the lease is lost, the job's time is over, or the process must end. Hand it to every request. */
  readonly signal: AbortSignal;
  /**
   * To be called right before every write to GitHub: asks the store whether the lease still holds, and prolongs it.
   * @throws LeaseLost
   */
  ensure(): Promise<void>;
}

/** What an evaluation leaves behind; stored together with the end of its job, or not at all. */
export interface Evaluated {
  readonly handledHints: readonly number[];
  readonly record?: readonly LedgerDraft[];
}

/**
 * Makes GitHub match what a job's subject asks for. Run again after any error; must do no harm when done twice.
 * Throws `InstallationPaused` at a rate limit, anything else for another try later.
 */
export type Evaluate = (job: Job, lease: Lease) => Promise<Evaluated>;

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(key: string) {
    super(`The lease on ${key} is lost; its result is dropped and another worker goes on`);
  }
}

/** GitHub wants no requests of this installation before `until` (milliseconds since the epoch). */
export class InstallationPaused extends Error {
  override readonly name = 'InstallationPaused';
  readonly installationId: number;
  readonly until: number;
  constructor(installationId: number, until: number, reason: string) {
    super(`Installation ${installationId} pauses: ${reason}`);
    this.installationId = installationId;
    this.until = until;
  }
}
