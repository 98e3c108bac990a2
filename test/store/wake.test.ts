import { describe, expect, inject, it } from 'vitest';
import { eventually } from '../server/fakes.ts';
import { onEachEngine, openedAt, openedStore, postgres } from './engines.ts';
import { delivery, pullRequest } from './samples.ts';

onEachEngine((engine) => {
  it('tells whoever waits in this process that work has come, until he no longer waits', async () => {
    const { queue, onWork } = await openedStore(engine);
    let rings = 0;
    const stop = onWork(() => {
      rings += 1;
    });
    await queue.accept(delivery('a'));
    await eventually(() => rings > 0);
    stop();
    const before = rings;
    await queue.mark([pullRequest(2)], 1_000);
    expect(rings).toBe(before);
  });
});

describe.skipIf(inject('postgresUrl') === '')('on PostgreSQL', () => {
  it('tells other processes too, also after their connection was cut', async () => {
    const location = await postgres.fresh();
    const [here, there] = [await openedAt(location), await openedAt(location)];
    let rings = 0;
    there.onWork(() => {
      rings += 1;
    });
    // The first ring says that it listens.
    await eventually(() => rings > 0);
    const before = rings;
    await here.queue.accept(delivery('a'));
    await eventually(() => rings > before);
    const listening = `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen sightline_work'`;
    await here.database.rows(listening);
    const cut = rings;
    await eventually(() => rings > cut);
    const again = rings;
    await here.queue.accept(delivery('b'));
    await eventually(() => rings > again);
  });
});
