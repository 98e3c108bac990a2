import { randomInt } from 'node:crypto';
import type { Connection, Database, Value } from './database.ts';
import { text } from './database.ts';
import { inDialect } from './dialect.ts';
import { insertRows } from './insert-rows.ts';
import { type MarkedWork, markWork } from './mark-work.ts';
import type { Delivery } from './ports.ts';
import { hintKey, workKey } from './work-key.ts';

const REMEMBER = {
  into: 'insert into delivery(guid, event, action, installation_id, received_at, outcome)',
  onConflict: 'on conflict(guid) do nothing returning guid',
};
const LOOK_UP = 'select outcome from delivery where guid = $1 {{for_update}}';
const TAKE_AGAIN = `update delivery set outcome = 'accepted', received_at = $2 where guid = $1`;
const WAIT_FOR = {
  into: 'insert into delivery_work(guid, key, seq)',
  onConflict: 'on conflict(guid, key) do update set seq = excluded.seq',
};
const KEEP_HINT = {
  into: 'insert into hint(id, key, guid, position, received_at, hint)',
  onConflict: 'on conflict(guid, position) do nothing',
};

/** Hints are told apart by a random number; both engines and a copied store then need no counter. */
const HINT_IDS = 2 ** 48 - 1;

/** What became of a delivery. */
export type Acceptance = 'accepted' | 'duplicate';

/**
 * Remembers deliveries, marks their work and keeps their hints: all or nothing, in one transaction of few statements.
 * A guid seen before counts again only if its work ended in the dead letter, so that a redelivery asked for by a person or
 * a sweep revives it, and GitHub's repetition of a good one costs nothing.
 */
export async function acceptDeliveries(
  database: Database,
  deliveries: readonly Delivery[],
): Promise<readonly Acceptance[]> {
  const outcomes = await database.transaction(async (connection) => {
    const known = await remember(database, connection, deliveries);
    const accepted = deliveries.filter((_, index) => known[index] === 'accepted');
    if (accepted.length === 0) return known;
    const now = Math.max(...accepted.map(({ receivedAt }) => receivedAt));
    const marks = accepted.flatMap((delivery) => delivery.marks);
    const marked = await markWork(connection, marks, now);
    await insertRows(connection, WAIT_FOR, waits(accepted, marked));
    await insertRows(connection, KEEP_HINT, accepted.flatMap(hintRows));
    return known;
  });
  if (outcomes.includes('accepted')) database.notify();
  return outcomes;
}

/** In the order of the guids: transactions that remember the same ones then never wait in a circle. */
async function remember(
  database: Database,
  connection: Connection,
  deliveries: readonly Delivery[],
): Promise<readonly Acceptance[]> {
  const ordered = [...deliveries].sort((a, b) => (a.guid < b.guid ? -1 : 1));
  const rows = ordered.map(({ guid, event, action, installationId, receivedAt }) => [
    guid,
    event,
    action ?? null,
    installationId ?? null,
    receivedAt,
    'accepted',
  ]);
  const fresh = new Set((await insertRows(connection, REMEMBER, rows)).map((row) => text(row, 'guid')));
  const outcomes: Acceptance[] = [];
  for (const delivery of deliveries) {
    // The first of two copies that came together is the fresh one.
    const isWork = fresh.delete(delivery.guid) || (await isWorkAgain(database, connection, delivery));
    outcomes.push(isWork ? 'accepted' : 'duplicate');
  }
  return outcomes;
}

async function isWorkAgain(
  database: Database,
  connection: Connection,
  { guid, receivedAt }: Delivery,
): Promise<boolean> {
  const [known] = await connection.rows(inDialect(database.dialect, LOOK_UP), [guid]);
  if (known && text(known, 'outcome') !== 'failed') return false;
  await connection.run(TAKE_AGAIN, [guid, receivedAt]);
  return true;
}

/** Which delivery is done when which work is. */
function waits(deliveries: readonly Delivery[], marked: readonly MarkedWork[]): readonly (readonly Value[])[] {
  return deliveries.flatMap(({ guid, marks }) => {
    const keys = new Set(marks.map(workKey));
    return marked.filter(({ key }) => keys.has(key)).map(({ key, seq }) => [guid, key, seq]);
  });
}

function hintRows({ guid, hints, receivedAt }: Delivery): readonly (readonly Value[])[] {
  return hints.map((hint, position) => {
    const id = randomInt(1, HINT_IDS);
    return [id, hintKey(hint), guid, position, receivedAt, JSON.stringify(hint)];
  });
}
