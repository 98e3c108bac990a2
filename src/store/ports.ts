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
  /** `owner/name` as it was last seen; spares asking for it. */
  readonly repositoryName?: string;
  /**
   * `pull_request` with its number; `branch`: all open pull requests of that base; `head`: all with that head commit;
   * `repository`: all; `merge_group` with its head commit; `installation`: all of its repositories (`repositoryId` is then 0);
   * `expiry_issue`: no pull request, but the repository's issue about overrides that end.
   */
  readonly scope:
    | { readonly kind: 'pull_request'; readonly number: number }
    | { readonly kind: 'head'; readonly sha: string }
    | { readonly kind: 'branch'; readonly ref: string }
    | { readonly kind: 'repository' }
    | { readonly kind: 'merge_group'; readonly headSha: string; readonly baseSha: string; readonly headRef: string }
    | { readonly kind: 'expiry_issue' }
    | { readonly kind: 'installation' };
  /** Cached evaluations are not trusted (re-run by hand). */
  readonly fresh?: boolean;
  /** Made by a sweep or a fan-out: stands behind what a person waits for, for at most ten minutes. */
  readonly background?: boolean;
}

export type Hint =
  | {
      /** Who moved a pull request's head to `headSha`, which GitHub may not tell later where the branch is a fork's. */
      readonly kind: 'pushed';
      readonly repositoryId: number;
      readonly number: number;
      readonly headSha: string;
      readonly actorId: number;
    }
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
  /** Until then nobody else claims it, by the clock that the claim was made with. */
  readonly leaseUntil: number;
  readonly attempts: number;
  /** The first deliveries that wait for it, by guid, for the log; none where a sweep marked it. */
  readonly deliveries: readonly string[];
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
  /** Closes the run, drops the handled hints and appends `record` to the ledger, all in one transaction or not at all. */
  finish(job: Job, handledHints: readonly number[], record?: readonly LedgerDraft[]): Promise<boolean>;
  /** Back to the queue at `retryAt`; after the last attempt to the dead letter, where `dead` shows it. */
  fail(job: Job, error: string, retryAt: number): Promise<boolean>;
  /** Gives the lease back as if the job had never been claimed (shutdown, rate limit). */
  release(job: Job): Promise<boolean>;
  /** No job of that installation is claimed before `until` (rate limits). */
  pauseInstallation(installationId: number, until: number): Promise<void>;
  depth(now: number): Promise<QueueDepth>;
  /** Jobs that failed on every attempt, oldest first. */
  dead(limit: number): Promise<readonly DeadJob[]>;
  /** Puts dead jobs back into the queue, all of them without `keys`; returns how many. */
  retryDead(now: number, keys?: readonly string[]): Promise<number>;
  /** Forgets the jobs of what is gone (uninstalled, removed, deleted); returns how many. */
  drop(gone: { readonly installationId: number } | { readonly repositoryId: number }): Promise<number>;
}

export interface QueueDepth {
  /** Jobs that could be claimed now; running and paused ones apart. */
  readonly due: number;
  /** How long the oldest unfinished job that is not dead has been waiting. */
  readonly oldestAgeMs: number;
  readonly dead: number;
  readonly running: number;
  /** Unfinished jobs whose time has not come: backing off, or of an installation that pauses. */
  readonly waiting: number;
  readonly pausedInstallations: number;
}

export interface DeadJob {
  readonly key: string;
  readonly mark: Mark;
  readonly attempts: number;
  readonly error: string;
  readonly deadAt: number;
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

/** A record before the ledger gives it its number and hashes. */
export type LedgerDraft = Omit<LedgerEntry, 'seq' | 'previousHash' | 'hash'>;

/** Which entries; all of them where nothing is said. */
export interface LedgerFilter {
  readonly repositoryId?: number;
  readonly pullRequest?: number;
  readonly kinds?: readonly string[];
  readonly afterSeq?: number;
}

export interface Ledger {
  append(entries: readonly LedgerDraft[]): Promise<readonly LedgerEntry[]>;
  /** In their order; at most 1,000, or `limit` where that is less. */
  read(filter: LedgerFilter & { readonly limit?: number }): Promise<readonly LedgerEntry[]>;
  /** How many entries there are, counted no further than `limit`, and when the oldest of those was written (absent: none). */
  measure(
    filter: LedgerFilter & { readonly limit: number },
  ): Promise<{ readonly entries: number; readonly oldestAt?: number }>;
  /** Its last entry's number and hash; 0 and nothing while it is empty. All up to it can be read. */
  head(): Promise<{ readonly seq: number; readonly hash: string }>;
}

/** Where a piece of state belongs. Ids outlive renames; 0 stands for "of no repository" or "of no pull request". */
export interface StateKey {
  readonly kind: string;
  readonly repositoryId: number;
  readonly pullRequest: number;
  readonly name: string;
}

export interface StateRecord extends StateKey {
  /** Rises by one with every write. */
  readonly version: number;
  readonly value: unknown;
  /** When it ends by itself (an override); absent: never. */
  readonly endsAt?: number;
  readonly changedAt: number;
}

/** What must be remembered between runs and is not the ledger: overrides, what was published last, cursors of sweeps. */
export interface State {
  read(key: StateKey): Promise<StateRecord | undefined>;
  list(filter: {
    readonly kind: string;
    readonly repositoryId?: number;
    readonly pullRequest?: number;
    /** Only what ends in this span, by `endsAt`: from (inclusive) to (exclusive). */
    readonly ending?: { readonly from: number; readonly to: number };
    readonly limit?: number;
  }): Promise<readonly StateRecord[]>;
  /**
   * Writes `value` if the stored version still is `version` (0: nothing stored yet) and appends `record` to the ledger in
   * the same transaction. False: somebody else wrote first, nothing was done.
   */
  write(
    key: StateKey,
    change: {
      readonly version: number;
      readonly value: unknown;
      readonly endsAt?: number;
      readonly now: number;
      readonly record?: readonly LedgerDraft[];
    },
  ): Promise<boolean>;
  remove(key: StateKey, version: number): Promise<boolean>;
}

/** Short numbers for long keys, stable once given: `F1` for a finding's fingerprint, `O1` for an override, per pull request. */
export interface Handles {
  /** Gives every name its number, new names in the order in which they come. */
  assign(
    of: { readonly prefix: string; readonly repositoryId: number; readonly pullRequest: number },
    names: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** The name behind a handle (`F2`), if it was given on that pull request. */
  resolve(repositoryId: number, pullRequest: number, handle: string): Promise<string | undefined>;
}

/** Named leases between processes: who holds one does what only one may do at a time (sweeps). */
export interface Locks {
  /** True: held by `holder` until `until`; also prolongs one's own. */
  acquire(name: string, holder: string, now: number, until: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}
