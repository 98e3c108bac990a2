import type { Connection } from './database.ts';
import { whole } from './database.ts';
import type { Mark } from './ports.ts';
import { workKey } from './work-key.ts';

/** What sweeps and fan-outs mark stands behind what people wait for, but for no longer than this. */
const BACKGROUND_DELAY_MS = 10 * 60_000;

// A mark that comes during a run leaves seq above claimed_seq, so that the key is run again. It revives the dead, and
// brings forward what waits for its next attempt: there is news. What a sweep marks is none: whatever fails goes on backing off,
// and gets to the dead letter.
const MARK = `
insert into work(key, installation_id, repository_id, mark, fresh_seq, due_at, rank_at, marked_at)
values($1, $2, $3, $4, $5, $6, $7, $6)
on conflict(key) do update set
  seq = work.seq + 1,
  installation_id = excluded.installation_id,
  mark = excluded.mark,
  fresh_seq = case when excluded.fresh_seq = 1 then work.seq + 1 else work.fresh_seq end,
  attempts = case when $8 = 1 and work.seq > work.done_seq and work.dead_at is null then work.attempts else 0 end,
  dead_at = null,
  due_at = case when work.seq > work.done_seq
    and (work.due_at < excluded.due_at or ($8 = 1 and work.dead_at is null)) then work.due_at else excluded.due_at end,
  rank_at = case when work.seq > work.done_seq and work.rank_at < excluded.rank_at then work.rank_at else excluded.rank_at end,
  marked_at = case when work.seq > work.done_seq then work.marked_at else excluded.marked_at end
returning seq`;

// Joins the turn order at its end of the last served, so that a newcomer neither waits for nor overtakes the others. One that is there is
// looked for first: a conflict would wait for whoever is about to change it.
const MEET_INSTALLATION = `
insert into installation(id, served) select cast($1 as bigint), (select coalesce(max(served), 0) from installation)
where not exists (select 1 from installation where id = $1) on conflict(id) do nothing`;

/** One key and the seq that a mark gave it. */
export interface MarkedWork {
  readonly key: string;
  readonly seq: number;
}

/** Marks work dirty within a transaction. Marks of one key count as one. */
export async function markWork(
  connection: Connection,
  marks: readonly Mark[],
  now: number,
): Promise<readonly MarkedWork[]> {
  const marked: MarkedWork[] = [];
  for (const installationId of new Set(marks.map((mark) => mark.installationId))) {
    await connection.run(MEET_INSTALLATION, [installationId]);
  }
  for (const [key, mark] of oneEach(marks)) {
    const rankAt = mark.background === true ? now + BACKGROUND_DELAY_MS : now;
    const fresh = mark.fresh === true ? 1 : 0;
    const background = mark.background === true ? 1 : 0;
    const values = [key, mark.installationId, mark.repositoryId, JSON.stringify(mark), fresh, now, rankAt, background];
    const [row] = await connection.rows(MARK, values);
    if (row) marked.push({ key, seq: whole(row, 'seq') });
  }
  return marked;
}

/** One mark for each key, in the order of the keys: transactions that lock several rows then never wait in a circle. */
function oneEach(marks: readonly Mark[]): readonly (readonly [string, Mark])[] {
  const byKey = new Map<string, Mark>();
  for (const mark of marks) {
    const key = workKey(mark);
    const known = byKey.get(key);
    byKey.set(key, known ? both(known, mark) : mark);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
}

function both(known: Mark, mark: Mark): Mark {
  return {
    ...mark,
    fresh: known.fresh === true || mark.fresh === true,
    background: known.background === true && mark.background === true,
  };
}
