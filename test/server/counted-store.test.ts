import { expect, it } from 'vitest';
import { countedStore } from '../../src/server/counted-store.ts';
import type { LedgerDraft } from '../../src/store/ports.ts';
import { openedStore, sqlite } from '../store/engines.ts';
import { claimed, delivery } from '../store/samples.ts';

function verdict(...rules: readonly string[]): LedgerDraft {
  return {
    at: 1,
    kind: 'verdict',
    repositoryId: 7,
    data: { findings: rules.map((rule) => ({ rule, level: 'block' })) },
  };
}

async function counting() {
  const counted: string[] = [];
  const metrics = {
    finding: (rule: string) => void counted.push(rule),
    overrideDecision: (decision: string) => void counted.push(decision),
  };
  return { store: countedStore(await openedStore(sqlite), metrics, new Set(['ms-ai-v4/R15'])), counted };
}

it('counts findings by rule, those of all custom packs as one', async () => {
  const { store, counted } = await counting();
  const rules = ['ms-ai-v4/R15', 'ms-ai-v4/of a repository', 'theirs/R15', 'undeclared_integration'];
  await store.ledger.append([verdict(...rules)]);
  expect(counted).toEqual(['ms-ai-v4/R15', 'custom', 'custom', 'undeclared_integration']);
});

it('counts what a job records when its end is stored, and nothing of one whose lease is lost', async () => {
  const { store, counted } = await counting();
  await store.queue.accept(delivery('a'));
  const job = await claimed(store.queue.claim(1_000, 60_000));
  const record = [verdict('undeclared_integration'), { at: 1, kind: 'override.approved', repositoryId: 7, data: {} }];
  expect(await store.queue.finish({ ...job, lease: 'another' }, [], record)).toBe(false);
  expect(counted).toEqual([]);
  expect(await store.queue.finish(job, [], record)).toBe(true);
  expect(counted).toEqual(['undeclared_integration', 'override.approved']);
});
