import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { THOROUGH } from '../../support/thorough.ts';
import type { Kill } from './kill.ts';
import { type Played, playDialogue } from './play-dialogue.ts';

/**
 * The whole dialogue through the real app on a local GitHub: a failing check, a request, a self-approval that is refused, an approval
 * by a member of the team, a check that passes. `npm run soak` kills it at every single moment.
 */

const entry = join(inject('compiledSource'), 'server/main.js');

let unbroken: Played;

beforeAll(async () => {
  unbroken = await playDialogue(entry, []);
}, 120_000);

const BETWEEN: readonly Kill[] = [{ at: 'idle' }, { at: 'idle' }, { at: 'idle' }, { at: 'idle' }];
const WITHIN: readonly Kill[] = [
  // Between the check run and the comments on lines.
  { at: 'request', n: 1, operation: 'checks/update', when: 'after' },
  // After the comment's webhook is stored, before it is answered.
  { at: 'commit', n: 1, when: 'after' },
  // After the dialogue's comment is written, before anybody remembers it.
  { at: 'request', n: 1, operation: 'issues/update-comment', when: 'after' },
  // After the decision is stored, before the check run says so.
  { at: 'request', n: 1, operation: 'checks/create', when: 'before' },
];
/** Between the steps is left to `npm run test:processes`: within them is between them, and more. */
const KILLS: [string, readonly Kill[]][] = [
  ['within each step', WITHIN],
  ...(THOROUGH ? [['between any two steps', BETWEEN] as [string, readonly Kill[]]] : []),
];

describe('the dialogue', () => {
  it('leads from a failing check to a passing one, by the decision of somebody else', () => {
    expect(unbroken.conclusions).toEqual(['failure', 'failure', 'failure', 'success']);
    expect(unbroken.ledger.map((entry) => entry.split(' ')[0])).toEqual([
      'verdict',
      'override.requested',
      'override.approved',
      'verdict',
    ]);
    expect(unbroken.view).toContain('you asked for it yourself; somebody else has to decide');
    expect(unbroken.violations).toEqual([]);
  });

  it('is in the ledger, which is whole and exported in both formats', () => {
    expect(unbroken.export).toEqual({ verified: true, jsonl: 4, csv: 4 });
  });

  it.each<[string, readonly Kill[]]>(KILLS)(
    'ends the same when the app is killed %s',
    { timeout: 120_000 },
    async (_, kills) => {
      const { met, ...played } = await playDialogue(entry, kills);
      expect(met).toEqual(kills.map(() => true));
      expect({ ...played, met: unbroken.met }).toEqual(unbroken);
    },
  );
});
