import { expect, it } from 'vitest';
import { moveFeedCursor } from '../../../src/server/feed/feed-cursor.ts';
import { type Engine, onSqlite, openedAt } from '../../store/engines.ts';
import { eventually } from '../fakes.ts';
import { startServedApp } from '../served-app.ts';
import { decision, FEED_SECRET, START } from './feed-kit.ts';
import { startReceiver } from './receiver.ts';

/** The store of a server that was stopped before it had sent everything. */
function withSomethingLeft(engine: Engine): Engine {
  return {
    name: engine.name,
    async fresh() {
      const location = await engine.fresh();
      const store = await openedAt(location);
      await moveFeedCursor(store.state, undefined, { seq: 0 }, START);
      await store.ledger.append([decision(), decision({ kind: 'override.expired' })]);
      await store.close();
      return location;
    },
  };
}

onSqlite((engine) => {
  it('the server sends what its settings say, and counts it', async () => {
    const receiver = await startReceiver();
    const settings = { LEDGER_FEED_URL: receiver.url, LEDGER_FEED_SECRET: FEED_SECRET };
    const app = await startServedApp(withSomethingLeft(engine), settings);
    await eventually(() => receiver.received.length === 2);
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual([
      'override.approved',
      'override.expired',
    ]);
    await eventually(async () => (await app.metrics()).includes('sightline_ledger_feed_sent_total 2'));
  });

  it('the server sends nothing without them', async () => {
    const app = await startServedApp(withSomethingLeft(engine));
    expect(await app.metrics()).toContain('sightline_ledger_feed_sent_total 0');
  });
});
