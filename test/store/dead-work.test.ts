import { expect, it } from 'vitest';
import { onEachEngine, openedStore } from './engines.ts';
import { claimed, delivery, pullRequest } from './samples.ts';

const LEASE = 60_000;

onEachEngine((engine) => {
  it('lets what fails go on backing off when a sweep marks it, and die, and revives the dead', async () => {
    const { queue } = await openedStore(engine, { maxAttempts: 2 });
    const found = () => queue.mark([pullRequest(1, { background: true })], 10_000);
    await queue.accept(delivery('a'));
    await queue.fail(await claimed(queue.claim(1_000, LEASE)), 'first', 50_000);
    await found();
    expect(await queue.claim(49_999, LEASE)).toBeUndefined();
    const last = await claimed(queue.claim(50_000, LEASE));
    expect(last).toMatchObject({ attempts: 2 });
    await queue.fail(last, 'second', 60_000);
    expect(await queue.dead(10)).toHaveLength(1);
    await found();
    expect(await queue.claim(10_000, LEASE)).toMatchObject({ attempts: 1 });
  });

  it('shows what failed on every attempt, and tries again when told to', async () => {
    const { queue } = await openedStore(engine, { maxAttempts: 2, clock: () => 9_000 });
    await queue.accept(delivery('a'));
    await queue.fail(await claimed(queue.claim(1_000, LEASE)), 'first', 2_000);
    await queue.fail(await claimed(queue.claim(2_000, LEASE)), 'second', 3_000);
    expect(await queue.claim(1_000_000, LEASE)).toBeUndefined();
    expect(await queue.depth(10_000)).toMatchObject({ due: 0, dead: 1 });
    const dead = { key: 'pull_request/7/1', error: 'second', attempts: 2, deadAt: 9_000, mark: pullRequest(1) };
    expect(await queue.dead(10)).toEqual([dead]);
    expect(await queue.retryDead(10_000, ['another'])).toBe(0);
    expect(await queue.retryDead(10_000)).toBe(1);
    expect(await queue.claim(10_000, LEASE)).toMatchObject({ attempts: 1 });
  });

  it('buries a job whose process died on every attempt', async () => {
    const { queue } = await openedStore(engine, { maxAttempts: 2 });
    await queue.accept(delivery('a'));
    await queue.accept(delivery('b', { marks: [pullRequest(2)] }));
    const other = await claimed(queue.claim(1_000, 10));
    expect(other.key).toBe('pull_request/7/1');
    await queue.finish(await claimed(queue.claim(1_000, 10)), []);
    await claimed(queue.claim(2_000, 10));
    expect(await queue.claim(3_000, 10)).toBeUndefined();
    expect(await queue.dead(10)).toMatchObject([{ key: 'pull_request/7/1' }]);
  });
});
