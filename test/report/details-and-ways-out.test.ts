import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/report/check-run.ts';
import { reviewComments } from '../../src/report/review-comments.ts';
import { terminalReport } from '../../src/report/terminal/terminal-report.ts';
import { reviewTree } from '../../src/review/review-change.ts';
import { basis, declaration, integration, result, state } from '../review/kit.ts';

const terminal = { colour: false, width: 100, all: false, sourceLine: () => undefined };

describe('what stands behind the summary', () => {
  const warned = Array.from({ length: 120 }, (_, index) =>
    integration(`src/${'long/'.repeat(60)}${index}.py`, index + 1, {
      capability: 'face_detection',
      evidence: `call(${index})`,
    }),
  );
  const noted = warned.map((one) => ({ ...one, capability: 'ocr', evidence: `ocr ${one.evidence}` }));

  it('is never left out for want of room, but shortened', () => {
    const verdict = reviewTree({
      head: state({ integrations: [...warned, ...noted] }),
      on: '2026-03-01',
      basis: basis(),
    });
    const links = { hasDialogue: true, fileUrl: (path: string) => `https://github.com/o/r/blob/x/${path}` };
    const { summary, text = '' } = checkRun(verdict, links);
    expect(summary).toContain('120 warnings and 120 notes');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
    for (const part of ['120 warnings', '120 notes', 'Judged: 0 use cases']) {
      expect(text).toContain(`<summary>${part}`);
    }
    expect(text.match(/\d+ more/g)).toHaveLength(2);
  });
});

describe('the override of several clauses', () => {
  const results = [
    result({ rule: 'A' }),
    result({ rule: 'B' }),
    result({ rule: 'C', override: { grounds: ['legal-authority'], approvals: 3, maxDays: 10 } }),
    result({ rule: 'D', override: { grounds: [], approvals: 1, maxDays: 0 } }),
  ];
  const documents = { '.github/ai-use-cases/door.yml': declaration('door') };
  const { findings, ...rest } = reviewTree({
    head: state({ documents }),
    on: '2026-03-01',
    basis: basis({ evaluate: () => results }),
  });
  const verdict = {
    ...rest,
    findings: findings.map((finding) => ({ ...finding, handle: `F-${finding.policy?.rule}` })),
  };

  it('is offered on the terms of each', () => {
    const { summary } = checkRun(verdict, { hasDialogue: true });
    expect(summary).toContain(
      '/sightline override F-A for 30d because false-positive: …`, likewise `F-B` (2 approvals',
    );
    expect(summary).toContain(
      '`F-C` on terms of its own (3 approvals, at most 10 days, on the ground of legal-authority)',
    );
    expect(summary).toContain('`F-D` cannot be overridden');
  });
});

describe('what only warns', () => {
  const warning = result({ rule: 'A', severity: 'warn' });
  const documents = { '.github/ai-use-cases/door.yml': declaration('door') };
  const changes = [{ path: '.github/ai-use-cases/door.yml', status: 'added' as const }];

  it('offers no override, which would be refused', () => {
    const head = state({ documents });
    const { findings, ...rest } = reviewTree({
      head,
      on: '2026-03-01',
      basis: basis({ evaluate: () => [warning] }),
    });
    const verdict = { ...rest, findings: findings.map((finding) => ({ ...finding, handle: 'F1' })) };
    const said = [
      ...reviewComments(verdict, { hasDialogue: true, changes, suggestions: true }).map(({ body }) => body),
      ...checkRun(verdict, { hasDialogue: true }).annotations.map(({ message }) => message),
      terminalReport(verdict, terminal),
    ];
    expect(said).toHaveLength(3);
    for (const text of said) {
      expect(text).toContain('Take it out.');
      expect(text).not.toMatch(/override/);
    }
    for (const text of said.slice(0, 2)) expect(text).toContain('does not stop the change');
  });
});
