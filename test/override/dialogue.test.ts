import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldOverrides, type OverrideEvent } from '../../src/override/transitions.ts';
import { play, step } from './dialogue-model.ts';
import { brokenAt, type Chained, chain } from './ledger-chain.ts';

/** `npm run soak:overrides` sets it to 100,000. */
const RUNS = Number(process.env.OVERRIDE_RUNS ?? 1000);

it('holds its invariants in long random dialogues', { timeout: 3_600_000 }, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const events = play(steps);
      for (const { kind } of events) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      const ledger: Chained[] = [];
      for (const event of events) ledger.push(chain(ledger, event));
      if (brokenAt(ledger) !== undefined) throw new Error('the ledger does not verify');
      const read = ledger.map(({ data }) => JSON.parse(data) as OverrideEvent);
      if (JSON.stringify(foldOverrides(read)) !== JSON.stringify(foldOverrides(events)))
        throw new Error('the ledger tells another story');
    }),
    { numRuns: RUNS },
  );
  // A dialogue in which nothing ever happens would prove nothing.
  for (const kind of [
    'requested',
    'approved',
    'denied',
    'withdrawn',
    'lapsed',
    'expired',
    'request_voided',
    'approval_voided',
    'revoked',
    'merged',
  ]) {
    expect(seen.get(`override.${kind}`) ?? 0, kind).toBeGreaterThan(0);
  }
});

it('finds an entry of the ledger that was changed, removed or moved', () => {
  const events = ['override.requested', 'override.approved', 'override.approved', 'override.revoked'];
  const ledger: Chained[] = [];
  for (const [at, kind] of events.entries()) ledger.push(chain(ledger, { kind, at }));
  const [first, second, third, fourth] = ledger as [Chained, Chained, Chained, Chained];
  expect(brokenAt(ledger)).toBeUndefined();
  expect(brokenAt([first, { ...second, data: second.data.replace('approved', 'denied') }, third, fourth])).toBe(2);
  expect(brokenAt([first, third, fourth])).toBe(2);
  expect(brokenAt([first, third, second, fourth])).toBe(2);
  expect(brokenAt([second, third, fourth])).toBe(1);
});
