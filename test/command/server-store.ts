import type { Override } from '../../src/override/override.ts';
import type { Store } from '../../src/store/open-store.ts';
import { openedAt } from '../store/engines.ts';
import { delivery, pullRequest } from '../store/samples.ts';

/** When the samples in the store are looked at. */
export const NOW = Date.UTC(2026, 10, 22);

/** One job dead, one open, two entries in the ledger. */
export async function filled(location: string): Promise<Store> {
  return fill(await openedAt(location, FILLING));
}

/** With these a store is opened to be filled. */
export const FILLING = { maxAttempts: 1, clock: () => NOW - 60_000 } as const;

/** Puts the samples into a store opened with `FILLING`. */
export async function fill(store: Store): Promise<Store> {
  await store.queue.accept(delivery('a', { receivedAt: NOW - 3_600_000 }));
  const job = await store.queue.claim(NOW - 3_000_000, 60_000);
  if (job) await store.queue.fail(job, 'GitHub answered 502\u001b[2J for a tree', NOW);
  await store.queue.accept(delivery('b', { receivedAt: NOW - 600_000, marks: [pullRequest(2)] }));
  await store.ledger.append([1, 2].map((at) => ({ at, kind: 'verdict', repositoryId: 7, data: { at } })));
  return store;
}

export function override(handle: string, over: Partial<Override> = {}): Override {
  const binding = { rule: 'ms-aoai/USPD', fingerprint: 'f', factsDigest: 'd', policyVersion: '1', policyDigest: 'p' };
  return {
    handle,
    repositoryId: 7,
    pullRequest: 1,
    merged: false,
    findingHandle: 'F1',
    binding,
    ground: 'false-positive',
    reason: 'A test\u001b[31m double',
    requestedBy: { id: 1, login: 'ada' },
    requestedAt: 1,
    requestComment: { id: 1, hash: 'x' },
    headSha: 'a',
    until: '2026-11-30',
    approvalsNeeded: 1,
    approvals: [{ by: { id: 2, login: 'grace' }, at: 2, comment: { id: 2, hash: 'y' } }],
    state: 'active',
    ...over,
  };
}
