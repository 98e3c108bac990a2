import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlobs, globFault } from '../../src/document/glob.ts';

describe('compileGlobs', () => {
  it.each([
    ['src/a.py', 'src/a.py', true],
    ['src/a.py', 'src/b.py', false],
    ['src/a.py', 'other/src/a.py', false],
    ['./src/a.py', 'src/a.py', true],
    ['/src/a.py', 'src/a.py', true],
    ['src', 'src/deep/a.py', true],
    ['src/', 'src/deep/a.py', true],
    ['src/fa', 'src/face/a.py', false],
    ['src/**', 'src/deep/a.py', true],
    ['src/**', 'src', false],
    ['src/**/a.py', 'src/a.py', true],
    ['src/**/a.py', 'src/x/y/a.py', true],
    ['**/a.py', 'a.py', true],
    ['**/*.py', 'x/y/a.py', true],
    ['**/*.py', 'x/y/a.pyc', false],
    ['**/test/**', 'x/test/y/z.py', true],
    ['**', 'anything/at/all', true],
    ['*.py', 'a.py', true],
    ['*.py', 'x/a.py', false],
    ['src/*/a.py', 'src/x/a.py', true],
    ['src/*/a.py', 'src/x/y/a.py', false],
    ['src/face_?.py', 'src/face_1.py', true],
    ['src/face_?.py', 'src/face_.py', false],
    ['src/a*b*c', 'src/axxbxxc', true],
    ['src/a*b*c', 'src/axxbxx', false],
    ['SRC/**', 'src/a.py', false],
    ['src/[ab].py', 'src/a.py', true],
    ['src/[ab].py', 'src/c.py', false],
    ['src/[!ab].py', 'src/c.py', true],
    ['src/[!ab].py', 'src/a.py', false],
    ['src/[a-c]?.py', 'src/b1.py', true],
    ['src/[a-c]?.py', 'src/d1.py', false],
    ['src/[-a].py', 'src/-.py', true],
    ['src/[]a].py', 'src/].py', true],
    ['src/[ab.py', 'src/[ab.py', true],
    ['app/[id]/page.ts', 'app/[id]/page.ts', true],
    ['app/[id]/page.ts', 'app/i/page.ts', true],
    ['src/*.{py,ts}', 'src/a.ts', true],
    ['src/*.{py,ts}', 'src/a.js', false],
    ['{src,lib}/**', 'lib/a.js', true],
    ['src/{a/b,c}/x', 'src/a/b/x', true],
    ['src/{a,{b,c}d}/x', 'src/cd/x', true],
    ['src/{a,}b', 'src/b', true],
    ['src/{a}/x', 'src/{a}/x', true],
    ['src/a,b', 'src/a,b', true],
    ['src/}', 'src/}', true],
    ['src/face/', 'src/face', false],
    ['src/../other', 'other', false],
    ['src\\a.py', 'src\\a.py', false],
    ['', 'src/a.py', false],
    ['/', 'src/a.py', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(compileGlobs([pattern])(path)).toBe(expected);
  });

  it('takes a path that any of the patterns reaches, and none without patterns', () => {
    expect(compileGlobs(['a/**', 'b/**'])('b/x')).toBe(true);
    expect(compileGlobs([])('b/x')).toBe(false);
  });

  it('agrees with the definition by recursion', () => {
    const letters = fc.constantFrom('a', 'b', '*', '?');
    const name = fc.oneof(
      fc.constant('**'),
      fc.array(letters, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    );
    const pattern = fc.array(name, { minLength: 1, maxLength: 4 });
    const path = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(pattern, path, (patternNames, names) => {
        expect(compileGlobs([patternNames.join('/')])(names.join('/'))).toBe(reaches(patternNames, names));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['src/{a,b', 'has a `{` that is not closed'],
    ['{a,b}'.repeat(6), 'stands for more than 32 alternatives'],
    [`{${'a,'.repeat(300)}b}`, 'stands for more than 32 alternatives'],
    ['{a,'.repeat(5), 'has braces nested more than 4 deep'],
    ['a'.repeat(4097), 'is longer than 4096 characters'],
    ['../x', 'has `..`; patterns start at the root of the repository'],
    ['a\\b', 'has a backslash; paths are written with forward slashes'],
    ['/', 'names nothing'],
    ['{a,}', 'names nothing'],
    ['src/**/*.{py,ts}', undefined],
  ])('has a word for what is wrong with %s', (pattern, fault) => {
    expect(globFault(pattern)).toBe(fault);
  });

  it('does not lose itself in hostile patterns', () => {
    expect(compileGlobs([`${'*a'.repeat(2000)}b`])('a'.repeat(4000))).toBe(false);
    expect(compileGlobs([`${'[a-z]*'.repeat(600)}0`])('a'.repeat(4000))).toBe(false);
    expect(compileGlobs([`${'**/a/'.repeat(800)}b`])(`${'a/'.repeat(2000)}c`)).toBe(false);
  });
});

/** The definition, slow and plain: the pattern reaches the path or one of its folders. */
function reaches(pattern: readonly string[], names: readonly string[]): boolean {
  return names.some((_, index) => whole(pattern, names.slice(0, index + 1)));
}

function whole(pattern: readonly string[], names: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return names.length === 0;
  if (first === '**')
    return rest.length === 0 ? names.length > 0 : names.some((_, i) => whole(rest, names.slice(i))) || whole(rest, []);
  return (
    names.length > 0 &&
    one(
      first.split('').filter((c, i, all) => !(c === '*' && all[i - 1] === '*')),
      String(names[0]),
    ) &&
    whole(rest, names.slice(1))
  );
}

function one(pattern: readonly string[], name: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return name === '';
  if (first === '*') return one(rest, name) || (name !== '' && one(pattern, name.slice(1)));
  return name !== '' && (first === '?' || first === name[0]) && one(rest, name.slice(1));
}
