/** One accepted webhook delivery, as the ingress hands it to the store. */
export interface Delivery {
  /** `X-GitHub-Delivery`. A redelivery has the same. */
  readonly guid: string;
  readonly event: string;
  readonly action?: string;
  readonly installationId?: number;
  readonly receivedAt: number;
  readonly marks: readonly Mark[];
  /** Comments, buttons and re-runs that the worker is to look at; only hints, what they say is asked of GitHub again. */
  readonly hints: readonly Hint[];
}

/** One unit of work: what may have changed. Keys are ids, so that renames and transfers don't matter. */
export interface Mark {
  readonly installationId: number;
  readonly repositoryId: number;
  /**
   * `pull_request` with its number; `branch`: all open pull requests of that base; `head`: all with that head commit;
   * `repository`: all; `merge_group` with its head commit; `installation`: all of its repositories (`repositoryId` is then 0).
   */
  readonly scope:
    | { readonly kind: 'pull_request'; readonly number: number }
    | { readonly kind: 'head'; readonly sha: string }
    | { readonly kind: 'branch'; readonly ref: string }
    | { readonly kind: 'repository' }
    | { readonly kind: 'merge_group'; readonly headSha: string; readonly baseSha: string; readonly headRef: string }
    | { readonly kind: 'installation' };
  /** Cached evaluations are not trusted (re-run by hand). */
  readonly fresh?: boolean;
}

export type Hint =
  | {
      readonly kind: 'issue_comment' | 'review_comment';
      readonly repositoryId: number;
      readonly number: number;
      readonly commentId: number;
      readonly action: 'created' | 'edited' | 'deleted';
      readonly actorId: number;
      readonly bodyHash: string;
    }
  | {
      readonly kind: 'requested_action';
      readonly repositoryId: number;
      readonly number: number;
      readonly identifier: string;
      readonly actorId: number;
    };

/** A claimed unit of work with its fencing token. */
export interface Job {
  readonly key: string;
  readonly mark: Mark;
  readonly lease: string;
  readonly attempts: number;
  readonly hints: readonly (Hint & { readonly id: number })[];
}

/** The durable queue. Times are milliseconds since the epoch, passed in so that tests own the clock. */
export interface Queue {
  /** Records the delivery and marks its work in one transaction. `duplicate`: seen before with a good outcome, nothing done. */
  accept(delivery: Delivery): Promise<'accepted' | 'duplicate'>;
  mark(marks: readonly Mark[], now: number): Promise<void>;
  claim(now: number, leaseMs: number): Promise<Job | undefined>;
  /** False: the lease is lost; the result must be dropped, nothing more written. */
  heartbeat(job: Job, until: number): Promise<boolean>;
  finish(job: Job, handledHints: readonly number[]): Promise<boolean>;
  fail(job: Job, error: string, retryAt: number): Promise<boolean>;
  /** No job of that installation is claimed before `until` (rate limits). */
  pauseInstallation(installationId: number, until: number): Promise<void>;
  depth(now: number): Promise<{ readonly due: number; readonly oldestAgeMs: number; readonly dead: number }>;
}

/** Content-addressed cache: what never changes for its key (trees by id, scans by blob and catalog version). */
export interface Cache {
  getMany(kind: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  putMany(kind: string, entries: ReadonlyMap<string, string>, now: number): Promise<void>;
}

/** One appended record. `data` is JSON; `hash` covers it and the hash before. */
export interface LedgerEntry {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly repositoryId: number;
  readonly pullRequest?: number;
  readonly actorId?: number;
  readonly data: unknown;
  readonly previousHash: string;
  readonly hash: string;
}

export interface Ledger {
  append(entries: readonly Omit<LedgerEntry, 'seq' | 'previousHash' | 'hash'>[]): Promise<readonly LedgerEntry[]>;
  read(filter: {
    readonly repositoryId?: number;
    readonly pullRequest?: number;
    readonly kinds?: readonly string[];
    readonly afterSeq?: number;
    readonly limit?: number;
  }): Promise<readonly LedgerEntry[]>;
}
