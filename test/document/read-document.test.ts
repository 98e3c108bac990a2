import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_LIMITS } from '../../src/document/limits.ts';
import { readDocument, readDocuments } from '../../src/document/read-document.ts';

const path = 'some/file.yml';
const anything = z.unknown();
const schema = z.strictObject({
  id: z.string(),
  version: z.string().optional(),
  colour: z.enum(['red', 'green', 'blue']).optional(),
  tags: z.array(z.string()).optional(),
  nested: z.strictObject({ depth: z.number(), note: z.string().optional() }).optional(),
  choice: z
    .union([z.string(), z.strictObject({ one_of: z.array(z.string()) }), z.strictObject({ any: z.boolean() })])
    .optional(),
});

function read(text: string) {
  const { value, problems } = readDocument({ path, text }, schema);
  const shown = problems.map(({ code, place: { range }, suggestion }) => ({
    code,
    at: `${range.startLine}:${range.startColumn}-${range.endLine}:${range.endColumn}`,
    ...(suggestion && { suggestion: suggestion.text }),
  }));
  return { value, shown, problems };
}

describe('what a document may hold', () => {
  it('reads plain YAML 1.2: no is a text, a date is a text', () => {
    const { value, problems } = read('id: no\ntags:\n  - 2026-12-31\n  - "#1"\nnested: {depth: 0x10}\n');
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ id: 'no', tags: ['2026-12-31', '#1'], nested: { depth: 16 } });
  });

  it('reads a file with nothing in it as an empty map', () => {
    for (const text of ['', '\n\n', '# only a comment\n', '---\n', '~']) {
      expect(read(text).shown.map(({ code }) => code)).toEqual(['SL-SCHEMA-MISSING-KEY']);
    }
  });

  it.each([
    ['an anchor', 'id: &a x\n', 'SL-YAML-UNSUPPORTED', '1:5-1:7'],
    ['an alias', 'id: x\ntags: [*a]\n', 'SL-YAML-UNSUPPORTED', '2:8-2:10'],
    ['a tag', 'id: !!str 5\n', 'SL-YAML-UNSUPPORTED', '1:5-1:10'],
    ['a directive', '%YAML 1.1\n---\nid: x\n', 'SL-YAML-UNSUPPORTED', '1:1-1:10'],
    ['a merge key', 'id: x\nnested:\n  <<: {depth: 1}\n', 'SL-YAML-UNSUPPORTED', '3:3-3:5'],
    ['a duplicate key', 'id: x\ntags: []\nid: y\n', 'SL-YAML-DUPLICATE-KEY', '3:1-3:3'],
    ['a duplicate key in a flow map', 'id: x\nnested: {depth: 1, "depth": 2}\n', 'SL-YAML-DUPLICATE-KEY', '2:20-2:27'],
    ['a key that is a list', '[a, b]: c\n', 'SL-YAML-BAD-KEY', '1:1-1:7'],
    ['an empty key', 'id: x\n: y\n', 'SL-YAML-BAD-KEY', '2:1-2:1'],
    ['a key of the prototype', '__proto__: {id: x}\n', 'SL-YAML-BAD-KEY', '1:1-1:10'],
    ['bad indentation', 'id: x\n  tags: []\n', 'SL-YAML-SYNTAX', '1:5-1:6'],
    ['an open flow list', 'id: [a\n', 'SL-YAML-SYNTAX', '2:1-2:1'],
    ['an open quote', 'id: "a\n', 'SL-YAML-SYNTAX', '2:1-2:1'],
    ['a tab for indentation', 'nested:\n\tdepth: 1\n', 'SL-YAML-SYNTAX', '2:1-2:2'],
    ['a second document', 'id: x\n---\nid: y\n', 'SL-YAML-TOO-MANY-DOCUMENTS', '2:1-2:1'],
    ['control characters', '\0', 'SL-SCHEMA-WRONG-TYPE', '1:1-1:2'],
  ])('refuses %s at its place', (_, text, code, at) => {
    expect(read(text).shown).toEqual([{ code, at }]);
  });

  it('does not take text in a scalar or a comment for a mark', () => {
    const text = 'id: "&a *b !c %d <<"\ntags:\n  - |\n    &a\n    *b\n    %YAML\n  - a &b\n# &c\n';
    expect(read(text).problems).toEqual([]);
  });
});

describe('what does not fit the schema', () => {
  it.each([
    ['a misspelt key', 'id: x\ncolor: red\n', [{ code: 'SL-SCHEMA-UNKNOWN-KEY', at: '2:1-2:6', suggestion: 'colour' }]],
    ['an unknown key', 'id: x\nzzz: red\n', [{ code: 'SL-SCHEMA-UNKNOWN-KEY', at: '2:1-2:4' }]],
    [
      'a misspelt value',
      'id: x\ncolour: gren\n',
      [{ code: 'SL-SCHEMA-WRONG-VALUE', at: '2:9-2:13', suggestion: 'green' }],
    ],
    ['a value far from all', 'id: x\ncolour: transparent\n', [{ code: 'SL-SCHEMA-WRONG-VALUE', at: '2:9-2:20' }]],
    ['a missing key', 'id: x\nnested:\n  note: y\n', [{ code: 'SL-SCHEMA-MISSING-KEY', at: '2:1-2:7' }]],
    ['a missing key written wrong', 'idd: x\n', [{ code: 'SL-SCHEMA-UNKNOWN-KEY', at: '1:1-1:4', suggestion: 'id' }]],
    [
      'a number for a text',
      'id: x\nversion: 1.0\n',
      [{ code: 'SL-SCHEMA-WRONG-TYPE', at: '2:10-2:13', suggestion: '"1.0"' }],
    ],
    [
      'a text for a list',
      'id: x\ntags: one\n',
      [{ code: 'SL-SCHEMA-WRONG-TYPE', at: '2:7-2:10', suggestion: '[one]' }],
    ],
    ['nothing for a list', 'id: x\ntags:\nversion: v\n', [{ code: 'SL-SCHEMA-WRONG-TYPE', at: '2:1-2:5' }]],
    ['a list for a map', '- id: x\n', [{ code: 'SL-SCHEMA-WRONG-TYPE', at: '1:1-1:8' }]],
    [
      'a misspelt key of one alternative',
      'id: x\nchoice: {oneof: [a]}\n',
      [{ code: 'SL-SCHEMA-UNKNOWN-KEY', at: '2:10-2:15', suggestion: 'one_of' }],
    ],
    [
      'a wrong item of one alternative',
      'id: x\nchoice: {one_of: [1]}\n',
      [{ code: 'SL-SCHEMA-WRONG-TYPE', at: '2:19-2:20', suggestion: '"1"' }],
    ],
    ['none of the alternatives', 'id: x\nchoice: 5\n', [{ code: 'SL-SCHEMA-WRONG-VALUE', at: '2:9-2:10' }]],
  ])('names the place and the mend of %s', (_, text, expected) => {
    expect(read(text).shown).toEqual(expected);
  });

  it('says what, where and what to do in words', () => {
    const { problems } = read('id: x\nnested: {depht: 1}\ncolour: gren\n');
    expect(problems.map(({ message, remedy }) => `${message}. ${remedy}`)).toEqual([
      'The key `depht` is not known in `nested`; did you mean `depth`?. Write depth instead.',
      'The value `gren` of `colour` is not allowed; did you mean `green`?. Write green instead.',
    ]);
  });

  it('lists at most fifty problems and says that there are more', () => {
    const { problems } = read(`id: x\ntags:\n${'- 1\n'.repeat(1000)}`);
    expect(problems).toHaveLength(50);
    expect(problems.at(-1)?.code).toBe('SL-SCHEMA-MORE-PROBLEMS');
  });
});

describe('places', () => {
  const document = readDocument({ path, text: 'a:\n  - b: "ü😀"\n    c:\n  - |\n    x\nd: {e: f}\n' }, anything);

  it.each([
    [['a'], 'key', '1:1-1:2'],
    [['a', 0], 'value', '2:5-3:7'],
    [['a', 0, 'b'], 'value', '2:8-2:13'],
    [['a', 0, 'b'], 'key', '2:5-2:6'],
    [['a', 0, 'c'], 'value', '3:5-3:6'],
    [['a', 1], 'value', '4:5-5:6'],
    [['d', 'e'], 'value', '6:8-6:9'],
    [['d', 'missing'], 'value', '6:1-6:2'],
    [['missing'], 'value', '1:1-6:10'],
  ] as const)('of %j (%s)', (keys, what, expected) => {
    const { startLine, startColumn, endLine, endColumn } = document.placeOf(keys, what).range;
    expect(`${startLine}:${startColumn}-${endLine}:${endColumn}`).toBe(expected);
  });
});

describe('several documents in a file', () => {
  it('reads each, with places in the file', () => {
    const documents = readDocuments({ path, text: 'id: x\n---\nid: y\nzzz: 1\n' }, schema, {
      ...DEFAULT_LIMITS,
      documents: 5,
    });
    expect(documents.map(({ value }) => value?.id)).toEqual(['x', undefined]);
    expect(documents[1]?.problems[0]?.place.range.startLine).toBe(4);
  });
});

describe('hostile documents', () => {
  const fill = (part: string) => part.repeat(Math.floor(DEFAULT_LIMITS.bytes / part.length));
  const count = (make: (index: number) => string) => {
    let text = '';
    for (let index = 0; text.length < DEFAULT_LIMITS.bytes - 100; index++) text += make(index);
    return text;
  };

  it.each([
    ['a megabyte', 'a'.repeat(1 << 20), 'SL-YAML-TOO-LARGE'],
    ['a megabyte of three-byte letters', '€'.repeat(100_000), 'SL-YAML-TOO-LARGE'],
    ['many keys', count((i) => `k${i}: v\n`), 'SL-YAML-TOO-LARGE'],
    ['many flow keys', `{${count((i) => `k${i}: v,`)}`, 'SL-YAML-TOO-LARGE'],
    ['open lists', fill('['), 'SL-YAML-TOO-DEEP'],
    ['open maps', fill('{a: '), 'SL-YAML-TOO-DEEP'],
    ['lists in lists', fill('- '), 'SL-YAML-TOO-DEEP'],
    ['keys in keys', fill('? '), 'SL-YAML-TOO-DEEP'],
    ['a stair', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), 'SL-YAML-TOO-DEEP'],
    ['commas', `[${fill(',').slice(0, 40_000)}`, 'SL-YAML-SYNTAX'],
    ['closing brackets', fill(']').slice(0, 40_000), 'SL-YAML-SYNTAX'],
    ['anchors', fill('&a '), 'SL-YAML-UNSUPPORTED'],
    ['an alias bomb', 'a: &a [x,x]\nb: &b [*a,*a]\n', 'SL-YAML-UNSUPPORTED'],
    ['documents', fill('---\n'), 'SL-YAML-TOO-MANY-DOCUMENTS'],
  ])('%s end in one problem', (_, text, code) => {
    expect(read(text).shown.map((problem) => problem.code)).toEqual([code]);
  });

  it('stops at the first error instead of collecting all', () => {
    // Held here because the composer's error hook is not public.
    const { problems } = read(`[${','.repeat(20_000)}]`);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.place.range.startColumn).toBe(3);
  });

  it('reads deep nesting up to the limit', () => {
    const nested = (depth: number) => readDocument({ path, text: '['.repeat(depth) + ']'.repeat(depth) }, anything);
    expect(nested(32).problems).toEqual([]);
    expect(nested(33).problems[0]?.code).toBe('SL-YAML-TOO-DEEP');
  });
});
