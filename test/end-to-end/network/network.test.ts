import { expect, it } from 'vitest';
import { eventually } from '../../server/fakes.ts';
import { onEachEngine, onSqlite } from '../../store/engines.ts';
import { THOROUGH } from '../../support/thorough.ts';
import { aftermath } from '../crash/aftermath.ts';
import { NOTHING_AMISS } from '../crash/crash-table.ts';
import { ANSWER_MS, mixed } from './network-faults.ts';
import { type NetworkStage, open, type Place, startNetwork } from './network-stage.ts';
import { storm } from './storm.ts';

const MINUTE_MS = 60_000;

function openMany(place: Place, count: number) {
  return Array.from({ length: count }, (_, index) => open(place, `change-${index}`));
}

function isFinished({ repository }: Place, count: number): boolean {
  const finished = [...repository.checkRuns.values()].filter(({ status }) => status === 'completed');
  return finished.length === count;
}

async function expectAllRight(stage: NetworkStage, place: Place, opened: ReturnType<typeof openMany>): Promise<void> {
  expect(await aftermath(place, stage.store, opened)).toMatchObject(NOTHING_AMISS);
}

const whenThorough = it.skipIf(!THOROUGH);

(THOROUGH ? onEachEngine : onSqlite)((engine) => {
  // Each kind of fault by itself, and more of it: npm run soak.
  it('ends right whatever requests to GitHub meet, in several installations', async () => {
    const stage = await startNetwork({ engine, answerMs: ANSWER_MS, installations: 2 });
    expect(await storm(stage, mixed(0.05), 4)).toMatchObject(NOTHING_AMISS);
  });

  whenThorough(
    'pauses an installation at its limit as a whole, and no other, until the limit is set back',
    async () => {
      const rateLimits = { core: 40, graphql: 40, enforced: true };
      const stage = await startNetwork({ engine, rateLimits, installations: 2, concurrency: 2 });
      const [busy, calm] = stage.places as [Place, Place];
      const opened = openMany(busy, 12);
      await eventually(async () => (await stage.store.queue.depth(Date.now())).pausedInstallations === 1, 15_000);
      const other = openMany(calm, 1);
      await eventually(() => isFinished(calm, 1), 15_000);
      // Two runs were under way; nobody else has asked since.
      expect(stage.scene.github.limiter.peaks.refused).toBeLessThanOrEqual(2);
      expect(isFinished(busy, 12)).toBe(false);
      expect(await stage.quiet()).toBeGreaterThan(50);
      await expectAllRight(stage, busy, opened);
      await expectAllRight(stage, calm, other);
      // Attempts are for failures; a limit is none.
      expect(stage.outcomes).not.toContain('failed');
    },
  );

  it('lets an installation that asks for little not wait for one that asks for much', async () => {
    const stage = await startNetwork({ engine, installations: 2, concurrency: 1 });
    const [busy, calm] = stage.places as [Place, Place];
    const { deliveries } = stage.scene.github;
    deliveries.mode = 'hold';
    openMany(busy, 12);
    openMany(calm, 1);
    deliveries.mode = 'deliver';
    deliveries.release();
    await deliveries.settled();
    await eventually(() => isFinished(calm, 1), 15_000);
    const finished = [...busy.repository.checkRuns.values()].filter(({ status }) => status === 'completed');
    expect(finished.length).toBeLessThan(6);
    await stage.quiet();
    expect(isFinished(busy, 12)).toBe(true);
  });

  whenThorough('takes a new token when GitHub refuses the one it has, in the middle of a run', async () => {
    const stage = await startNetwork({ engine });
    const { github, repository } = stage.scene;
    const first = open(stage.scene, 'first');
    await stage.quiet();
    stage.pass(10 * MINUTE_MS);
    const refused = ['checks/update', 'pulls/create-review'];
    for (const operation of refused) {
      const revoke = (request: { readonly operation: string }) => {
        if (request.operation === operation) github.world.tokens.clear();
        return request.operation === operation;
      };
      github.faults.add({
        match: revoke,
        fault: { kind: 'answer', status: 401, body: { message: 'Bad credentials' } },
      });
    }
    const second = open(stage.scene, 'second');
    await stage.quiet();
    expect(github.requests.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(refused.length);
    await expectAllRight(stage, stage.scene, [first, second]);
    expect(repository.checkRuns.size).toBe(2);
  });

  it('asks for a new token before the old one ends', async () => {
    const stage = await startNetwork({ engine });
    const opened = [open(stage.scene, 'first')];
    await stage.quiet();
    for (const branch of ['second', 'third']) {
      stage.pass(45 * MINUTE_MS);
      opened.push(open(stage.scene, branch));
      await stage.quiet();
    }
    expect(stage.scene.github.requests.filter(({ status }) => status === 401)).toEqual([]);
    await expectAllRight(stage, stage.scene, opened);
  });

  it('stops a run that hangs, lets the others go on, and tries again', async () => {
    const stage = await startNetwork({ engine, concurrency: 2, jobMs: 1_500, answerMs: 60_000 });
    const { faults } = stage.scene.github;
    const silence = { kind: 'delay', milliseconds: 3_000 } as const;
    faults.add({ match: ({ operation }) => operation === 'repos/compare-commits-with-basehead', fault: silence });
    const opened = openMany(stage.scene, 3);
    await eventually(() => isFinished(stage.scene, 2), 15_000);
    expect(isFinished(stage.scene, 3)).toBe(false);
    await stage.quiet();
    expect(stage.outcomes).toContain('timed_out');
    await expectAllRight(stage, stage.scene, opened);
  });

  it('waits for GitHub as long as it is away', async () => {
    const stage = await startNetwork({ engine, installations: 2 });
    const [one, other] = stage.places as [Place, Place];
    stage.scene.github.faults.add({ times: 12, fault: { kind: 'cut' } });
    const opened = [openMany(one, 2), openMany(other, 2)] as const;
    expect(await stage.quiet()).toBeGreaterThan(0);
    await expectAllRight(stage, one, opened[0]);
    await expectAllRight(stage, other, opened[1]);
  });

  it('leaves a verdict that people have as it is, while its comments cannot be written', async () => {
    const stage = await startNetwork({ engine });
    const match = ({ operation }: { readonly operation: string }) => operation === 'pulls/create-review';
    stage.scene.github.faults.add({ match, times: 5, fault: { kind: 'answer', status: 500 } });
    const opened = [open(stage.scene, 'change')];
    await stage.quiet();
    expect(stage.outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(5);
    expect([...stage.scene.repository.checkRuns.values()]).toMatchObject([{ conclusion: 'failure' }]);
    expect(stage.scene.repository.reviewComments.size).toBe(2);
    await expectAllRight(stage, stage.scene, opened);
  });
});
