import { expect, it, onTestFinished } from 'vitest';
import { runWorker, type Worker, type WorkerOptions } from '../../src/server/run-worker.ts';
import { type Evaluate, InstallationPaused, type Lease, LeaseLost } from '../../src/store/lease.ts';
import type { Store } from '../../src/store/open-store.ts';
import { onEachEngine, openedStore } from '../store/engines.ts';
import { delivery, pullRequest } from '../store/samples.ts';
import { eventually, plumbing, readableLog } from './fakes.ts';

const NOTHING = { handledHints: [] };

function started(store: Store, evaluate: Evaluate, over: Partial<WorkerOptions> = {}): Worker {
  const worker = runWorker({ ...plumbing(), store, evaluate, clock: Date.now, random: () => 0, pollMs: 20, ...over });
  onTestFinished(() => worker.stop(0));
  return worker;
}

/** Accepts now, so that the job is due on the real clock. */
async function accept(store: Store, guid: string, number = 1): Promise<void> {
  await store.queue.accept(delivery(guid, { marks: [pullRequest(number)], receivedAt: Date.now() }));
}

async function isIdle(store: Store): Promise<boolean> {
  const { due, running, waiting } = await store.queue.depth(Date.now());
  return due + running + waiting === 0;
}

onEachEngine((engine) => {
  it('evaluates what is accepted, and records it with the end of the job', async () => {
    const store = await openedStore(engine);
    const record = [{ at: 1, kind: 'verdict', repositoryId: 7, pullRequest: 1, data: { outcome: 'pass' } }];
    started(store, async () => ({ ...NOTHING, record }));
    await accept(store, 'a');
    await eventually(() => isIdle(store));
    expect(await store.ledger.read({})).toMatchObject([{ kind: 'verdict', data: { outcome: 'pass' } }]);
  });

  it('never runs one pull request twice at a time, and runs it again for later events', async () => {
    const store = await openedStore(engine);
    let running = 0;
    let most = 0;
    let runs = 0;
    started(store, async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 15));
      running -= 1;
      return NOTHING;
    });
    for (let index = 0; index < 10; index += 1) {
      await accept(store, `delivery-${index}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await eventually(() => isIdle(store));
    expect(most).toBe(1);
    expect(runs).toBeGreaterThan(1);
  });

  it('pauses an installation at its rate limit without spending an attempt', async () => {
    const store = await openedStore(engine);
    const attempts: number[] = [];
    started(store, async (job) => {
      attempts.push(job.attempts);
      if (attempts.length === 1) throw new InstallationPaused(1, Date.now() + 100, 'rate limit');
      return NOTHING;
    });
    await accept(store, 'a');
    await eventually(() => attempts.length === 1);
    await eventually(async () => (await store.queue.depth(Date.now())).pausedInstallations === 1);
    await eventually(() => isIdle(store));
    expect(attempts).toEqual([1, 1]);
  });

  it('writes down why a job failed, without secrets, and when it is tried again', async () => {
    const store = await openedStore(engine);
    const { log, lines } = readableLog();
    started(store, () => Promise.reject(new Error('GitHub refused ghs_0123456789abcdefghij')), {
      log,
      redact: (text) => text.replace(/ghs_\w+/, '[redacted]'),
    });
    await accept(store, 'a');
    await eventually(async () => (await store.queue.depth(Date.now())).waiting === 1);
    const [row] = await store.database.rows('select last_error from work');
    expect(row?.last_error).toBe('Error: GitHub refused [redacted]');
    expect(JSON.stringify(lines())).not.toContain('ghs_0');
    expect(lines()).toContainEqual(
      expect.objectContaining({ msg: 'evaluation failed', repository: 7, pullRequest: 1 }),
    );
  });

  it('tells a run whose lease was taken, before its next write', async () => {
    const store = await openedStore(engine);
    let seen: unknown;
    started(store, async (_job, lease) => {
      await store.database.run(`update work set lease = 'of another'`);
      await lease.ensure().catch((error: unknown) => {
        seen = error;
      });
      lease.signal.throwIfAborted();
      return NOTHING;
    });
    await accept(store, 'a');
    await eventually(() => seen !== undefined);
    expect(seen).toBeInstanceOf(LeaseLost);
    expect((await store.database.rows('select lease from work'))[0]?.lease).toBe('of another');
  });

  it('keeps the lease of a long run', async () => {
    const store = await openedStore(engine);
    let now = Date.now() + 60_000;
    let runs = 0;
    let finish: () => void = () => undefined;
    const evaluate: Evaluate = () => {
      runs += 1;
      return new Promise((resolve) => {
        finish = () => resolve(NOTHING);
      });
    };
    started(store, evaluate, { clock: () => now, leaseMs: 100 });
    await accept(store, 'a');
    // The clock moves on only when the lease has been prolonged, however slow this machine is.
    const leasedUntil = async () => (await store.database.rows('select lease_until from work'))[0]?.lease_until;
    for (let step = 0; step < 4; step += 1) {
      await eventually(async () => (await leasedUntil()) === now + 100);
      now += 90;
    }
    finish();
    await eventually(async () => (await store.queue.depth(now)).running + (await store.queue.depth(now)).due === 0);
    expect(runs).toBe(1);
  });

  it('stops a run that takes too long, and tries it again later', async () => {
    const store = await openedStore(engine);
    let aborted = false;
    const forever = (_: unknown, lease: Lease) => {
      lease.signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise<never>(() => undefined);
    };
    started(store, forever, { jobTimeoutMs: 30 });
    await accept(store, 'a');
    await eventually(async () => (await store.queue.depth(Date.now())).waiting === 1);
    expect(aborted).toBe(true);
  });

  it('finishes what it can within the grace period, and gives the rest back', async () => {
    const store = await openedStore(engine);
    let end: () => void = () => undefined;
    const short = new Promise<void>((resolve) => {
      end = resolve;
    });
    const worker = started(store, async (job) => {
      const isLong = job.mark.scope.kind === 'pull_request' && job.mark.scope.number === 2;
      await (isLong ? new Promise(() => undefined) : short);
      return NOTHING;
    });
    await accept(store, 'a', 1);
    await accept(store, 'b', 2);
    await eventually(() => worker.active() === 2);
    const stopped = worker.stop(1_000);
    end();
    await stopped;
    expect(await store.queue.depth(Date.now())).toMatchObject({ due: 1, running: 0 });
    expect(await store.queue.claim(Date.now(), 1_000)).toMatchObject({ key: 'pull_request/7/2', attempts: 1 });
  });
});
