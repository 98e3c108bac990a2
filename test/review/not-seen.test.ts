import { describe, expect, it } from 'vitest';
import { changed, DOOR, integration, review, state } from './kit.ts';

describe('what was not seen', () => {
  const unread = { path: 'src/big.py', status: 'not_read' as const, reason: 'too_large' as const, integrations: [] };

  it.each([
    ['a file that the change brings', {}, { what: 'file', path: 'src/big.py' }],
    [
      'a file that the change rewrites',
      { base: state({ scans: [unread], blobs: { 'src/big.py': 'old' } }) },
      { what: 'file' },
    ],
    [
      'a truncated tree',
      { head: state({ notSeen: [{ what: 'tree' as const, reason: 'It was cut.' }] }) },
      { what: 'tree' },
    ],
    [
      'a base that could not be seen whole',
      { head: state({}), base: state({ notSeen: [{ what: 'tree' as const, reason: 'It was cut.' }] }) },
      { what: 'tree' },
    ],
    ['a declaration without text', { head: state({ blobs: { [DOOR]: 'x' } }) }, { what: 'file', path: DOOR }],
    [
      'a symbolic link that the change touches',
      {
        head: state({ notSeen: [{ what: 'file' as const, path: 'src/x', reason: 'A link.' }] }),
        changes: [changed('src/x')],
      },
      { path: 'src/x' },
    ],
  ])('%s: incomplete', (_, more, notSeen) => {
    const verdict = review({ head: state({ scans: [unread] }), ...more });
    expect(verdict).toMatchObject({ outcome: 'incomplete', complete: false, notSeen: [notSeen] });
  });

  it.each([
    ['the same content', { base: state({ scans: [unread] }), head: state({ scans: [unread] }) }],
    [
      'the same content at another path',
      {
        base: state({ scans: [{ ...unread, path: 'old.py' }], blobs: { 'old.py': 'x' } }),
        head: state({ scans: [unread], blobs: { 'src/big.py': 'x' } }),
      },
    ],
    [
      'the same link',
      {
        base: state({ notSeen: [{ what: 'file' as const, path: 'src/x', reason: 'A link.' }] }),
        head: state({ notSeen: [{ what: 'file' as const, path: 'src/x', reason: 'A link.' }] }),
      },
    ],
  ])('%s in the base: listed, and no hindrance', (_, more) => {
    expect(review(more)).toMatchObject({ outcome: 'pass', complete: true, notSeen: [{ unchanged: true }] });
  });

  it('does not matter in ignored paths', () => {
    expect(review({ head: state({ scans: [{ ...unread, path: 'vendor/big.js' }] }) })).toMatchObject({
      outcome: 'pass',
      notSeen: [],
    });
  });

  it('does not hide what is proven, and is not hidden by what is open', () => {
    const blocking = state({ scans: [unread], integrations: [integration('src/a.py', 3)] });
    expect(review({ head: blocking })).toMatchObject({ outcome: 'fail', complete: false });
    const asking = state({
      scans: [unread],
      integrations: [integration('src/a.py', 3, { capability: 'image_understanding' })],
    });
    expect(review({ head: asking })).toMatchObject({ outcome: 'incomplete' });
  });
});
