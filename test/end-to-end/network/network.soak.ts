import { afterAll, describe, expect, it } from 'vitest';
import { onEachEngine, sqlite } from '../../store/engines.ts';
import { NOTHING_AMISS } from '../crash/crash-table.ts';
import { ANSWER_MS, always, mixed, NETWORK_FAULTS } from './network-faults.ts';
import { startNetwork } from './network-stage.ts';
import { type StormResult, storm } from './storm.ts';

const PULL_REQUESTS = Number(process.env.PULL_REQUESTS ?? 30);
const TIMEOUT_MS = 10 * 60_000;

const table: Record<string, unknown>[] = [];
afterAll(() => console.table(table));

function note(fault: string, result: StormResult): void {
  const { overlaps: _, ...rest } = result;
  table.push({ fault, 'pull requests': PULL_REQUESTS, ...rest, minutes: Math.round(result.minutes) });
}

describe('requests to GitHub meet', () => {
  it.each(NETWORK_FAULTS)('$name', { timeout: TIMEOUT_MS }, async (fault) => {
    const stage = await startNetwork({ engine: sqlite, answerMs: ANSWER_MS, installations: 3 });
    const result = await storm(stage, always(fault, 0.05), PULL_REQUESTS);
    note(fault.name, result);
    expect(result).toMatchObject(NOTHING_AMISS);
    expect(result.faults).toBeGreaterThan(0);
  });

  onEachEngine((engine) => {
    it('all of it', { timeout: TIMEOUT_MS }, async () => {
      const stage = await startNetwork({ engine, answerMs: ANSWER_MS, installations: 3 });
      const result = await storm(stage, mixed(0.06), 3 * PULL_REQUESTS);
      note(`all of it, on ${engine.name}`, result);
      expect(result).toMatchObject(NOTHING_AMISS);
    });
  });
});
