import { expect, it } from 'vitest';
import type { Hint } from '../../src/store/ports.ts';
import { onEachEngine, openedStore } from './engines.ts';
import { claimed, delivery, pullRequest } from './samples.ts';

const LEASE = 60_000;

onEachEngine((engine) => {
  it('hands out accepted work once, with its mark', async () => {
    const { queue } = await openedStore(engine);
    expect(await queue.accept(delivery('a'))).toBe('accepted');
    const job = await queue.claim(1_000, LEASE);
    expect(job).toMatchObject({ key: 'pull_request/7/1', attempts: 1, hints: [], mark: pullRequest(1) });
    expect(await queue.claim(1_000, LEASE)).toBeUndefined();
  });

  it('has nothing to hand out when all is finished', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a'));
    const job = await claimed(queue.claim(1_000, LEASE));
    expect(await queue.finish(job, [])).toBe(true);
    expect(await queue.claim(100_000, LEASE)).toBeUndefined();
    expect(await queue.depth(100_000)).toEqual({
      due: 0,
      waiting: 0,
      dead: 0,
      running: 0,
      oldestAgeMs: 0,
      pausedInstallations: 0,
    });
  });

  it('makes one run of many events for one pull request', async () => {
    const { queue } = await openedStore(engine);
    for (const guid of ['a', 'b', 'c']) await queue.accept(delivery(guid));
    await queue.finish(await claimed(queue.claim(1_000, LEASE)), []);
    expect(await queue.claim(2_000, LEASE)).toBeUndefined();
  });

  it('runs again for an event that came during a run', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a'));
    const job = await claimed(queue.claim(1_000, LEASE));
    await queue.accept(delivery('b', { receivedAt: 1_500 }));
    expect(await queue.claim(2_000, LEASE)).toBeUndefined();
    expect(await queue.finish(job, [])).toBe(true);
    expect(await queue.claim(2_000, LEASE)).toMatchObject({ key: 'pull_request/7/1' });
  });

  it('keeps `fresh` until a run that began after it has finished', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a', { marks: [pullRequest(1, { fresh: true })] }));
    await queue.accept(delivery('b'));
    const first = await claimed(queue.claim(1_000, LEASE));
    expect(first.mark.fresh).toBe(true);
    await queue.accept(delivery('c', { marks: [pullRequest(1, { fresh: true })] }));
    await queue.finish(first, []);
    const second = await claimed(queue.claim(1_000, LEASE));
    expect(second.mark.fresh).toBe(true);
    await queue.finish(second, []);
    await queue.accept(delivery('d'));
    expect((await claimed(queue.claim(1_000, LEASE))).mark.fresh).toBe(false);
  });

  it('lets another worker in when a lease runs out, and the first one out', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a'));
    const lost = await claimed(queue.claim(1_000, LEASE));
    expect(await queue.heartbeat(lost, 70_000)).toBe(true);
    expect(await queue.claim(69_000, LEASE)).toBeUndefined();
    const held = await claimed(queue.claim(70_001, LEASE));
    expect(held).toMatchObject({ key: lost.key, attempts: 2 });
    expect(await queue.heartbeat(lost, 200_000)).toBe(false);
    expect(await queue.finish(lost, [])).toBe(false);
    expect(await queue.fail(lost, 'late', 200_000)).toBe(false);
    expect(await queue.release(lost)).toBe(false);
    expect(await queue.finish(held, [])).toBe(true);
  });

  it('writes nothing to the ledger for a run whose lease is lost', async () => {
    const { queue, ledger } = await openedStore(engine);
    const record = [{ at: 1, kind: 'verdict', repositoryId: 7, pullRequest: 1, data: { outcome: 'pass' } }];
    await queue.accept(delivery('a'));
    const lost = await claimed(queue.claim(1_000, 10));
    const held = await claimed(queue.claim(2_000, LEASE));
    await queue.finish(lost, [], record);
    expect(await ledger.read({})).toEqual([]);
    await queue.finish(held, [], record);
    expect(await ledger.read({})).toMatchObject([
      { seq: 1, kind: 'verdict', pullRequest: 1, data: { outcome: 'pass' } },
    ]);
  });

  it('gives a lease back as if nothing had been', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a'));
    expect(await queue.release(await claimed(queue.claim(1_000, LEASE)))).toBe(true);
    expect(await queue.claim(1_000, LEASE)).toMatchObject({ attempts: 1 });
  });

  it('waits after a failure, unless there is news', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a'));
    await queue.fail(await claimed(queue.claim(1_000, LEASE)), 'GitHub answered 502', 50_000);
    expect(await queue.claim(49_999, LEASE)).toBeUndefined();
    expect(await queue.depth(49_999)).toMatchObject({ due: 0, waiting: 1, oldestAgeMs: 48_999 });
    expect(await queue.claim(50_000, LEASE)).toMatchObject({ attempts: 2 });
    const { queue: other } = await openedStore(engine);
    await other.accept(delivery('a'));
    await other.fail(await claimed(other.claim(1_000, LEASE)), 'GitHub answered 502', 50_000);
    await other.accept(delivery('b', { receivedAt: 3_000 }));
    expect(await other.claim(3_000, LEASE)).toMatchObject({ attempts: 1 });
  });

  it('lets nobody have work of a paused installation, and everybody that of others', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a'));
    await queue.accept(delivery('b', { marks: [pullRequest(5, { installationId: 2, repositoryId: 8 })] }));
    await queue.pauseInstallation(1, 60_000);
    await queue.pauseInstallation(1, 30_000);
    expect(await queue.claim(40_000, LEASE)).toMatchObject({ key: 'pull_request/8/5' });
    expect(await queue.claim(59_999, LEASE)).toBeUndefined();
    expect(await queue.depth(59_999)).toMatchObject({ due: 0, pausedInstallations: 1 });
    expect(await queue.claim(60_000, LEASE)).toMatchObject({ key: 'pull_request/7/1' });
  });

  it('lets installations take turns, however much one of them has', async () => {
    const { queue } = await openedStore(engine);
    const many = Array.from({ length: 20 }, (_, index) => pullRequest(index + 1));
    await queue.mark(many, 1_000);
    await queue.mark(
      [1, 2].map((number) => pullRequest(number, { installationId: 2, repositoryId: 8 })),
      2_000,
    );
    const order: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      order.push((await claimed(queue.claim(3_000, LEASE))).mark.installationId);
    }
    expect(order.slice(0, 4).sort()).toEqual([1, 1, 2, 2]);
    expect(order.slice(4)).toEqual([1, 1]);
  });

  it('puts what a sweep marks behind what a person waits for, for ten minutes', async () => {
    const { queue } = await openedStore(engine);
    await queue.mark([pullRequest(1, { background: true })], 1_000);
    await queue.mark([pullRequest(2)], 2_000);
    expect(await queue.claim(2_000, 100 * LEASE)).toMatchObject({ key: 'pull_request/7/2' });
    expect(await queue.claim(2_000, 100 * LEASE)).toMatchObject({ key: 'pull_request/7/1' });
    await queue.mark([pullRequest(3, { background: true })], 10_000);
    await queue.mark([pullRequest(4)], 700_000);
    expect(await queue.claim(700_000, LEASE)).toMatchObject({ key: 'pull_request/7/3' });
  });

  it('forgets what is gone', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a', { hints: [hint(1)] }));
    await queue.accept(delivery('b', { marks: [pullRequest(5, { installationId: 2, repositoryId: 8 })] }));
    expect(await queue.drop({ repositoryId: 7 })).toBe(1);
    expect(await queue.claim(2_000, LEASE)).toMatchObject({ key: 'pull_request/8/5' });
    expect(await queue.drop({ installationId: 2 })).toBe(1);
    expect(await queue.claim(2_000_000, LEASE)).toBeUndefined();
  });

  it('keeps keys of every scope apart', async () => {
    const { queue } = await openedStore(engine);
    const scopes = [
      { kind: 'pull_request', number: 1 },
      { kind: 'head', sha: 'abc' },
      { kind: 'branch', ref: 'main' },
      { kind: 'repository' },
      { kind: 'merge_group', headSha: 'abc', baseSha: 'def', headRef: 'gh-readonly-queue/main/pr-1-def' },
      { kind: 'installation' },
    ] as const;
    await queue.mark(
      scopes.map((scope) => ({ installationId: 1, repositoryId: 7, scope })),
      1_000,
    );
    const seen = new Set<string>();
    for (let job = await queue.claim(1_000, LEASE); job; job = await queue.claim(1_000, LEASE))
      seen.add(job.mark.scope.kind);
    expect([...seen].sort()).toEqual(scopes.map(({ kind }) => kind).sort());
  });

  it('keeps hints until a run has handled them', async () => {
    const { queue } = await openedStore(engine);
    await queue.accept(delivery('a', { hints: [hint(11), hint(12)] }));
    const job = await claimed(queue.claim(1_000, LEASE));
    expect(job.hints).toMatchObject([{ commentId: 11 }, { commentId: 12 }]);
    await queue.accept(delivery('b', { hints: [hint(13)], receivedAt: 1_500 }));
    await queue.finish(job, [job.hints[0]?.id ?? 0]);
    const next = await claimed(queue.claim(2_000, LEASE));
    expect(next.hints).toMatchObject([{ commentId: 12 }, { commentId: 13 }]);
    await queue.finish(
      next,
      next.hints.map(({ id }) => id),
    );
    expect(await queue.claim(2_000, LEASE)).toBeUndefined();
  });

  it('hands out a flood of hints in portions, and loses none', async () => {
    const { queue } = await openedStore(engine);
    const hints = Array.from({ length: 130 }, (_, index) => hint(index));
    await queue.accept(delivery('a', { hints }));
    const seen: number[] = [];
    for (let job = await queue.claim(1_000, LEASE); job; job = await queue.claim(1_000, LEASE)) {
      seen.push(...job.hints.map((each) => (each.kind === 'issue_comment' ? each.commentId : -1)));
      await queue.finish(
        job,
        job.hints.map(({ id }) => id),
      );
    }
    expect(seen).toEqual(hints.map((_, index) => index));
  });
});

function hint(commentId: number): Hint {
  const action = 'created';
  return { kind: 'issue_comment', repositoryId: 7, number: 1, commentId, action, actorId: 3, bodyHash: 'x' };
}
