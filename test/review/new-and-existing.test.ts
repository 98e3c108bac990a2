import { describe, expect, it } from 'vitest';
import { reviewTree } from '../../src/review/review-change.ts';
import { addedLines, basis, changed, integration, ON, review, state, summary } from './kit.ts';

describe('new and existing', () => {
  const call = integration('src/a.py', 3);
  const base = state({ sha: 'base', integrations: [call] });

  it('counts what the base has as existing, also on another line and in a renamed file', () => {
    const moved = { ...integration('src/deep/b.py', 30), evidence: `   ${call.evidence.replaceAll(', ', ',   ')} ` };
    const verdict = review({
      base,
      head: state({ integrations: [moved] }),
      changes: [changed('src/deep/b.py', 'renamed', 'src/a.py')],
    });
    expect(summary(verdict)).toEqual(['existing block undeclared_integration src/deep/b.py:30']);
    expect(verdict.outcome).toBe('pass');
  });

  it('takes the call on the changed line for the new one where the same call stands twice', () => {
    const head = state({ integrations: [integration('src/a.py', 3), integration('src/a.py', 9)] });
    const verdict = review({ base, head, changes: [addedLines('src/a.py', 3, 1)] });
    expect(summary(verdict)).toEqual([
      'new block undeclared_integration src/a.py:3',
      'existing block undeclared_integration src/a.py:9',
    ]);
    expect(new Set(verdict.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('takes what got worse for new', () => {
    const harmless = integration('src/a.py', 3, { capability: 'image_understanding' });
    const worse = { ...harmless, facts: { attribute_inferred: ['emotion'] } };
    const verdict = review({ base: state({ integrations: [harmless] }), head: state({ integrations: [worse] }) });
    expect(verdict).toMatchObject({ outcome: 'fail', findings: [{ age: 'new', level: 'block' }] });
  });

  it('takes what got better for existing', () => {
    const harmless = integration('src/a.py', 3, { capability: 'image_understanding' });
    const worse = { ...harmless, facts: { attribute_inferred: ['emotion'] } };
    const verdict = review({ base: state({ integrations: [worse] }), head: state({ integrations: [harmless] }) });
    expect(verdict).toMatchObject({ outcome: 'pass', findings: [{ age: 'existing', level: 'ask' }] });
  });
});

describe('reviewTree', () => {
  it('takes everything for new', () => {
    const verdict = reviewTree({ head: state({ integrations: [integration('src/a.py', 3)] }), basis: basis(), on: ON });
    expect(verdict).toMatchObject({ outcome: 'fail', baseSha: '', findings: [{ age: 'new' }] });
  });
});
