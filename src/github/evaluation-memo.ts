import type { LedgerDraft, State } from '../store/ports.ts';

/** What the last complete evaluation of a pull request left, so that the next one can see that nothing changed. */
export interface Evaluation {
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly mergeBase?: { readonly sha: string; readonly treeSha: string };
  /** Digest of everything that the verdict and its publication depend on. */
  readonly inputs: string;
  readonly runId: number;
  /** What the run says, `own-…`. */
  readonly digest: string;
  /** What the verdict says, so that the ledger gets each verdict once. */
  readonly verdict: string;
  readonly resolvedByUs: readonly string[];
  /** False: something could not be read, so the same inputs may yet give another verdict. */
  readonly settled: boolean;
  /** Overrides hold findings back, so that the right of those who approved them has to be looked at each time. */
  readonly overridden: boolean;
}

/** What is remembered of a pull request between evaluations. */
export interface Memo {
  readonly done?: Evaluation;
  /** A run was started, or is about to be, on this head; it may be in progress still. */
  readonly started?: { readonly headSha: string; readonly baseRef: string };
  /** Threads that are, or are about to be, resolved by us; the end of an evaluation puts them into `done`. */
  readonly resolving?: readonly string[];
  /** Where the app found the pull request. */
  readonly installationId?: number;
}

export interface MemoStore {
  readonly memo: Memo;
  /**
   * Replaces the memo and appends to the ledger, both or neither. Throws if somebody else did in the meantime.
   * @param due when (milliseconds since the epoch) the evaluation has to be done again, whatever happens until then
   */
  write(memo: Memo, record?: readonly LedgerDraft[], due?: number): Promise<void>;
  /** Forgets a pull request that is gone. */
  remove(): Promise<void>;
}

export const MEMO_KIND = 'evaluation';

/** Opens the memo of a pull request; `name` tells merge groups apart, whose number is 0. */
export async function openMemo(
  state: State,
  subject: { readonly repositoryId: number; readonly pullRequest: number; readonly name: string },
  now: () => number,
): Promise<MemoStore> {
  const key = { kind: MEMO_KIND, ...subject };
  const stored = await state.read(key);
  let version = stored?.version ?? 0;
  const store = {
    memo: (stored?.value ?? {}) as Memo,
    remove: async () => void (await state.remove(key, version)),
    async write(memo: Memo, record: readonly LedgerDraft[] = [], due?: number) {
      const endsAt = due === undefined ? {} : { endsAt: due };
      if (!(await state.write(key, { version, value: memo, now: now(), record, ...endsAt }))) {
        throw new Error('Another worker evaluated this pull request at the same time.');
      }
      version += 1;
      store.memo = memo;
    },
  };
  return store;
}
