import { randomInt } from 'node:crypto';
import type { Connection, Database } from './database.ts';
import { text } from './database.ts';
import { inDialect } from './dialect.ts';
import { markWork } from './mark-work.ts';
import type { Delivery } from './ports.ts';
import { hintKey } from './work-key.ts';

const REMEMBER = `
insert into delivery(guid, event, action, installation_id, received_at, outcome)
values($1, $2, $3, $4, $5, 'accepted') on conflict(guid) do nothing`;
const LOOK_UP = 'select outcome from delivery where guid = $1 {{for_update}}';
const TAKE_AGAIN = `update delivery set outcome = 'accepted', received_at = $2 where guid = $1`;
const WAIT_FOR = `
insert into delivery_work(guid, key, seq) values($1, $2, $3)
on conflict(guid, key) do update set seq = excluded.seq`;
const KEEP_HINT = `
insert into hint(id, key, guid, position, received_at, hint) values($1, $2, $3, $4, $5, $6)
on conflict(guid, position) do nothing`;

/** Hints are told apart by a random number; both engines and a copied store then need no counter. */
const HINT_IDS = 2 ** 48 - 1;

/** What became of a delivery. */
export type Acceptance = 'accepted' | 'duplicate';

/**
 * Remembers deliveries, marks their work and keeps their hints: all or nothing, in one transaction.
 * A guid seen before counts again only if its work ended in the dead letter, so that a redelivery asked for by a person or
 * a sweep revives it, and GitHub's repetition of a good one costs nothing.
 */
export function acceptDeliveries(database: Database, deliveries: readonly Delivery[]): Promise<readonly Acceptance[]> {
  return database.transaction(async (connection) => {
    const outcomes: Acceptance[] = [];
    for (const delivery of deliveries) outcomes.push(await acceptOne(database, connection, delivery));
    if (outcomes.includes('accepted')) await database.notify(connection);
    return outcomes;
  });
}

async function acceptOne(database: Database, connection: Connection, delivery: Delivery): Promise<Acceptance> {
  if (!(await isToBeWorked(database, connection, delivery))) return 'duplicate';
  const marked = await markWork(connection, delivery.marks, delivery.receivedAt);
  for (const { key, seq } of marked) await connection.run(WAIT_FOR, [delivery.guid, key, seq]);
  await keepHints(connection, delivery);
  return 'accepted';
}

async function isToBeWorked(database: Database, connection: Connection, delivery: Delivery): Promise<boolean> {
  const { guid, event, action, installationId, receivedAt } = delivery;
  const values = [guid, event, action ?? null, installationId ?? null, receivedAt];
  if ((await connection.run(REMEMBER, values)) === 1) return true;
  const [known] = await connection.rows(inDialect(database.dialect, LOOK_UP), [guid]);
  if (known && text(known, 'outcome') !== 'failed') return false;
  await connection.run(TAKE_AGAIN, [guid, receivedAt]);
  return true;
}

async function keepHints(connection: Connection, { guid, hints, receivedAt }: Delivery): Promise<void> {
  for (const [position, hint] of hints.entries()) {
    const id = randomInt(1, HINT_IDS);
    await connection.run(KEEP_HINT, [id, hintKey(hint), guid, position, receivedAt, JSON.stringify(hint)]);
  }
}
