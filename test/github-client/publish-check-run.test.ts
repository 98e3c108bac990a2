import { describe, expect, it } from 'vitest';
import { type CheckRunContent, concludeCheckRun, startCheckRun } from '../../src/github/publish-check-run.ts';
import type { CheckRunSeen } from '../../src/github/pull-request-state.ts';
import type { CheckRunReport } from '../../src/report/report.ts';

const SHA = 'a'.repeat(40);
const SUBJECT = { repositoryId: 42, subject: 3, headSha: SHA, base: 'main' } as const;

function recordedRuns() {
  const sent: [string, string, number][] = [];
  const say = (what: string, { conclusion, output }: CheckRunContent): void => {
    sent.push([what, conclusion ?? 'in_progress', output?.annotations.length ?? 0]);
  };
  return {
    sent,
    async createCheckRun(_: string, content: CheckRunContent) {
      say('create', content);
      return 7;
    },
    async updateCheckRun(id: number, content: CheckRunContent) {
      say(`update ${id}`, content);
    },
  };
}

function report(count: number): CheckRunReport {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const annotation = { path: 'a.py', range, level: 'failure', title: 't', message: 'm' } as const;
  return { conclusion: 'failure', title: 't', summary: 's', annotations: Array(count).fill(annotation), actions: [] };
}

function seen(digest: string, changes: Partial<CheckRunSeen> = {}): CheckRunSeen {
  const externalId = `v1:42:3:${SHA}:main:${digest}`;
  return { id: 5, appId: 1, externalId, completed: false, startedAt: '', annotationCount: 0, ...changes };
}

describe('a check run', () => {
  it.each([
    ['without annotations', 0, [['update 7', 'failure', 0]]],
    ['with 50', 50, [['update 7', 'failure', 50]]],
    [
      'with 51',
      51,
      [
        ['update 7', 'in_progress', 50],
        ['update 7', 'failure', 1],
      ],
    ],
  ])('%s is concluded with the last batch', async (_, count, expected) => {
    const runs = recordedRuns();
    const started = await startCheckRun(runs, [], 1, SUBJECT);
    await concludeCheckRun(runs, SUBJECT, report(count), 'd', started);
    expect(runs.sent.slice(1)).toEqual(expected);
  });

  it('that was left in progress is taken up again', async () => {
    const runs = recordedRuns();
    expect((await startCheckRun(runs, [seen('pending')], 1, SUBJECT)).id).toBe(5);
    expect(runs.sent).toEqual([]);
  });

  it('that was left half annotated goes on where it stopped, if it says the same', async () => {
    const runs = recordedRuns();
    const started = await startCheckRun(runs, [seen('d', { annotationCount: 50 })], 1, SUBJECT);
    await concludeCheckRun(runs, SUBJECT, report(60), 'd', started);
    expect(runs.sent).toEqual([['update 5', 'failure', 10]]);
  });

  it('that was left half annotated is given up, if it says something else', async () => {
    const runs = recordedRuns();
    const started = await startCheckRun(runs, [seen('other', { annotationCount: 50 })], 1, SUBJECT);
    expect(await concludeCheckRun(runs, SUBJECT, report(1), 'd', started)).toBe(7);
    expect(runs.sent).toEqual([
      ['update 5', 'cancelled', 0],
      ['create', 'failure', 1],
    ]);
  });

  it.each([
    ['another app', { appId: 2 }],
    ['another pull request', { externalId: `v1:42:4:${SHA}:main:pending` }],
    ['another repository', { externalId: `v1:43:3:${SHA}:main:pending` }],
    ['another base', { externalId: `v1:42:3:${SHA}:dev:pending` }],
    ['nobody', { externalId: '' }],
  ])('of %s is not taken up', async (_, changes) => {
    const runs = recordedRuns();
    expect((await startCheckRun(runs, [seen('pending', changes)], 1, SUBJECT)).id).toBe(7);
  });
});
