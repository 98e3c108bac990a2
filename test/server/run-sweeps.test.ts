import { expect, it, onTestFinished } from 'vitest';
import { createMetrics } from '../../src/server/metrics.ts';
import { retentionSweep } from '../../src/server/retention-sweep.ts';
import { type RunningSweeps, runSweeps, type SweepsOptions } from '../../src/server/run-sweeps.ts';
import type { Sweep } from '../../src/server/sweep.ts';
import type { Store } from '../../src/store/open-store.ts';
import { onEachEngine, openedAt, openedStore } from '../store/engines.ts';
import { delivery } from '../store/samples.ts';
import { eventually, plumbing } from './fakes.ts';

function started(store: Store, sweeps: readonly Sweep[], over: Partial<SweepsOptions> = {}): RunningSweeps {
  const running = runSweeps({ ...plumbing(), store, sweeps, clock: Date.now, tickMs: 10, ...over });
  onTestFinished(() => running.stop(0));
  return running;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

onEachEngine((engine) => {
  it('runs each sweep when it is due, and not before', async () => {
    const store = await openedStore(engine);
    const runs: string[] = [];
    let now = 1_000_000;
    const sweep = (name: string, everyMs: number): Sweep => ({ name, everyMs, run: async () => void runs.push(name) });
    started(store, [sweep('often', 1_000), sweep('seldom', 10_000)], { clock: () => now });
    await eventually(() => runs.length === 2);
    now += 5_000;
    await eventually(() => runs.length === 3);
    await pause(60);
    expect(runs).toEqual(['often', 'seldom', 'often']);
  });

  it('asks a sweep that knows itself when it is due, and leaves the disk alone while it is not', async () => {
    const store = await openedStore(engine);
    let looks = 0;
    let work = 2;
    const writes: string[] = [];
    const state = { ...store.state, write: async () => writes.push('state') > 0 };
    const locks = {
      ...store.locks,
      acquire: (...given: Parameters<Store['locks']['acquire']>) => {
        writes.push(given[0]);
        return store.locks.acquire(...given);
      },
    };
    const sweep: Sweep = {
      name: 'knowing',
      isDue: async () => {
        looks += 1;
        return work > 0;
      },
      async run() {
        work -= 1;
      },
    };
    started({ ...store, state, locks }, [sweep], { lock: 'its own' });
    await eventually(() => work === 0);
    const after = looks;
    await eventually(() => looks > after + 3);
    expect(writes).toEqual(['its own', 'its own']);
  });

  it('runs a sweep in one process at a time', async () => {
    const location = await engine.fresh();
    let running = 0;
    let most = 0;
    let runs = 0;
    const sweep: Sweep = {
      name: 'sweep',
      everyMs: 0,
      async run() {
        runs += 1;
        running += 1;
        most = Math.max(most, running);
        await pause(20);
        running -= 1;
      },
    };
    for (let process = 0; process < 3; process += 1) started(await openedAt(location), [sweep]);
    await eventually(() => runs >= 6);
    expect(most).toBe(1);
  });

  it('goes on with the others when one fails, and tries that one again when it is due', async () => {
    const store = await openedStore(engine);
    const runs: string[] = [];
    let now = 1_000_000;
    const broken: Sweep = {
      name: 'broken',
      everyMs: 1_000,
      run: () => {
        runs.push('broken');
        return Promise.reject(new Error('no use'));
      },
    };
    const sound: Sweep = { name: 'sound', everyMs: 100_000, run: async () => void runs.push('sound') };
    const metrics = createMetrics();
    started(store, [broken, sound], { clock: () => now, metrics });
    await eventually(() => runs.length === 2);
    now += 2_000;
    await eventually(() => runs.length === 3);
    expect(runs).toEqual(['broken', 'sound', 'broken']);
    expect(await metrics.expose(undefined)).toContain('sightline_sweeps_total{sweep="broken",outcome="failed"}');
  });

  it('stops a sweep whose lock another process has taken', async () => {
    const store = await openedStore(engine);
    let reason: unknown;
    const endless: Sweep = {
      name: 'endless',
      everyMs: 0,
      run: ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            resolve();
          });
        }),
    };
    started(store, [endless], { leaseMs: 40 });
    await eventually(
      async () => (await store.database.rows(`select 1 as one from lock where name = 'sweeps'`)).length === 1,
    );
    await store.database.run(`update lock set holder = 'another', until = $1 where name = 'sweeps'`, [
      Date.now() + 60_000,
    ]);
    await eventually(() => reason !== undefined);
    expect(String(reason)).toContain('Another process sweeps');
  });

  it('gives its lock back when it stops, and takes over from a process that died', async () => {
    const store = await openedStore(engine);
    await store.locks.acquire('sweeps', 'a process that died', Date.now(), Date.now() + 50);
    let runs = 0;
    const sweep: Sweep = {
      name: 'sweep',
      everyMs: 0,
      run: async () => {
        runs += 1;
      },
    };
    const running = started(store, [sweep]);
    await eventually(() => runs > 0);
    await running.stop(1_000);
    expect(await store.database.rows(`select holder from lock where name = 'sweeps'`)).toEqual([]);
  });

  it('has the store forget old deliveries', async () => {
    const store = await openedStore(engine);
    await store.queue.accept(delivery('old', { receivedAt: 1, marks: [] }));
    await store.queue.accept(delivery('new', { receivedAt: Date.now(), marks: [] }));
    started(store, [retentionSweep(store)]);
    await eventually(async () => (await store.database.rows('select guid from delivery')).length === 1);
    expect(await store.database.rows('select guid from delivery')).toEqual([{ guid: 'new' }]);
  });
});
