import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Kill } from './kill.ts';
import { type Played, playDialogue, STEPS } from './play-dialogue.ts';

/** Killed in every step at its n-th request to GitHub and at its n-th change of the store, before and after, for every n that there is. */

const ENTRY = join(import.meta.dirname, '../../../dist/server/main.js');
const MOST = Number(process.env.MOMENTS ?? 40);

const table: Record<string, unknown>[] = [];
let unbroken: Played;

beforeAll(async () => {
  unbroken = await playDialogue(ENTRY, []);
}, 120_000);

afterAll(() => console.table(table));

const MOMENTS: readonly Omit<Exclude<Kill, { at: 'idle' }>, 'n'>[] = [
  { at: 'request', when: 'before' },
  { at: 'request', when: 'after' },
  { at: 'commit', when: 'before' },
  { at: 'commit', when: 'after' },
];

it.each(MOMENTS)('ends the same when killed $when any $at', { timeout: 60 * 60_000 }, async ({ at, when }) => {
  let kills = 0;
  let n = 1;
  for (; n <= MOST; n += 1) {
    const kill: Kill = { at, n, when };
    const { met, ...played } = await playDialogue(
      ENTRY,
      STEPS.map(() => kill),
    );
    expect({ ...played, met: unbroken.met }, `killed ${when} ${at} ${n}`).toEqual(unbroken);
    const killed = met.filter(Boolean).length;
    kills += killed;
    console.error(`${when} ${at} ${n}: killed in ${killed} of ${STEPS.length} steps, ended the same`);
    if (killed === 0) break;
  }
  table.push({ at, when, moments: n - 1, kills, 'ended otherwise': 0 });
  expect(kills).toBeGreaterThan(STEPS.length);
});
