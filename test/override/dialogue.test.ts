import fc from 'fast-check';
import { expect, it } from 'vitest';
import { play, step } from './dialogue-model.ts';

/** `npm run soak:overrides` sets it to 100,000. */
const RUNS = Number(process.env.OVERRIDE_RUNS ?? 1000);

it('holds its invariants in long random dialogues', { timeout: 3_600_000 }, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      for (const { kind } of play(steps)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
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
