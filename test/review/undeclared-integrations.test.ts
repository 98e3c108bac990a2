import { describe, expect, it } from 'vitest';
import { changed, DOOR, declaration, integration, review, state, summary } from './kit.ts';

describe('undeclared integrations', () => {
  it.each([
    ['face identification blocks', {}, 'block', 'fail'],
    [
      'an image sent to a model asks',
      { capability: 'image_understanding', service: 'azure_openai', provider: 'azure_openai' },
      'ask',
      'needs_information',
    ],
    [
      'an image whose prompt asks for emotions blocks',
      { capability: 'image_understanding', facts: { attribute_inferred: ['emotion'] } },
      'block',
      'fail',
    ],
    [
      'an image whose prompt asks who it is blocks',
      { capability: 'image_understanding', facts: { capability: ['face_identification'] } },
      'block',
      'fail',
    ],
    ['face detection warns', { capability: 'face_detection' }, 'warn', 'pass'],
    ['text recognition informs', { capability: 'ocr' }, 'inform', 'pass'],
    ['a dependency warns', { certainty: 'potential' as const }, 'warn', 'pass'],
    ['a client of a biometric service asks', { capability: 'unspecified' }, 'ask', 'needs_information'],
    ['a client of a text service informs', { capability: 'unspecified', provider: 'doctr' }, 'inform', 'pass'],
    ['a client of who knows whom informs', { capability: 'unspecified', provider: 'nobody' }, 'inform', 'pass'],
    [
      'a face library as a dependency warns',
      { capability: 'unspecified', provider: 'face_recognition', certainty: 'potential' as const },
      'warn',
      'pass',
    ],
    ['a capability that nobody knows asks', { capability: 'mind_reading' }, 'ask', 'needs_information'],
  ])('%s', (_, more, level, outcome) => {
    const verdict = review({ head: state({ integrations: [integration('src/a.py', 3, more)] }) });
    expect(verdict.findings).toMatchObject([{ kind: 'undeclared_integration', level, age: 'new' }]);
    expect(verdict.outcome).toBe(outcome);
  });

  it('says nothing of a dependency where a use case names its service, or a call to it is seen', () => {
    const dependency = integration('requirements.txt', 1, { certainty: 'potential', capability: 'unspecified' });
    const declared = review({
      head: state({ documents: { [DOOR]: declaration('door') }, integrations: [dependency] }),
    });
    expect(declared.findings).toEqual([]);
    const called = review({ head: state({ integrations: [dependency, integration('src/a.py', 3)] }) });
    expect(summary(called)).toEqual(['new block undeclared_integration src/a.py:3']);
  });

  it('only asks where the declaration that may cover them cannot be read', () => {
    const head = state({
      documents: { [DOOR]: 'id: door\ncovers: [src/**\n' },
      integrations: [integration('src/a.py', 3)],
    });
    expect(summary(review({ head }))).toEqual([
      `new ask invalid_document ${DOOR}:3`,
      'new ask undeclared_integration src/a.py:3',
    ]);
  });

  it('are not looked for in ignored paths', () => {
    const verdict = review({ head: state({ integrations: [integration('vendor/a.py', 3)] }) });
    expect(verdict).toMatchObject({ outcome: 'pass', findings: [], tally: { integrations: 0 } });
  });
});

describe('a change that uncovers code', () => {
  const calls = [integration('src/face/a.py', 3), integration('src/gate/b.py', 4, { evidence: 'other()' })];
  const base = state({ documents: { [DOOR]: declaration('door') }, integrations: calls });

  it('by removing the declaration gets the finding, which names the use case', () => {
    const verdict = review({ base, head: state({ integrations: calls }), changes: [changed(DOOR, 'removed')] });
    expect(summary(verdict)).toEqual([
      'new block undeclared_integration src/face/a.py:3',
      'new block undeclared_integration src/gate/b.py:4',
    ]);
    expect(verdict.findings[0]?.uncoveredFrom).toEqual({ id: 'door', title: 'door title', path: DOOR });
    expect(verdict.findings[0]?.message).toContain('Until this change the use case `door title` covered it.');
  });

  it('by narrowing `covers` gets it for what is left out', () => {
    const head = state({
      documents: { [DOOR]: declaration('door', { covers: '[src/face/**]' }) },
      integrations: calls,
    });
    expect(summary(review({ base, head, changes: [changed(DOOR)] }))).toEqual([
      'new block undeclared_integration src/gate/b.py:4',
    ]);
  });

  it('by moving the file gets it at the new place', () => {
    const moved = { ...calls[0], path: 'lib/a.py' } as (typeof calls)[0];
    const head = state({ documents: { [DOOR]: declaration('door') }, integrations: [moved, ...calls.slice(1)] });
    const verdict = review({ base, head, changes: [changed('lib/a.py', 'renamed', 'src/face/a.py')] });
    expect(summary(verdict)).toEqual(['new block undeclared_integration lib/a.py:3']);
    expect(verdict.findings[0]?.message).toContain('It stood in src/face/a.py.');
  });

  it('by moving it to an ignored path gets it there', () => {
    const head = state({ documents: { [DOOR]: declaration('door') }, integrations: calls.slice(1) });
    const verdict = review({ base, head, changes: [changed('vendor/a.py', 'renamed', 'src/face/a.py')] });
    expect(summary(verdict)).toEqual(['new block undeclared_integration vendor/a.py:3']);
    expect(verdict.findings[0]?.message).toContain('out of sight');
  });
});
