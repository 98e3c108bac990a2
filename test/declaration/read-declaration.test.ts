import { describe, expect, it } from 'vitest';
import { findDuplicateIds } from '../../src/declaration/duplicate-ids.ts';
import { readDeclaration } from '../../src/declaration/read-declaration.ts';

const path = '.github/ai-use-cases/gate.yml';
const GATE = `# yaml-language-server: $schema=../../schemas/declaration.schema.json
id: badge-gate
title: Badge gate
owners: ["@acme/doors", doors@acme.example]
services: [azure_ai_face]
covers:
  - src/gate/**
facts:
  operator: private_entity
  capability:
    includes: [face_verification]
    may_include: [face_detection]
  latency: unknown
description: |
  Opens doors for people with a badge.
`;

function problemsOf(text: string) {
  return readDeclaration({ path, text }).problems.map(({ code, level, place: { range }, suggestion, message }) => ({
    code,
    level,
    at: `${range.startLine}:${range.startColumn}-${range.endLine}:${range.endColumn}`,
    message,
    ...(suggestion && { suggestion: suggestion.text }),
  }));
}

describe('a declaration', () => {
  it('is read into a use case with its places', () => {
    const { useCases, problems } = readDeclaration({ path, text: GATE });
    expect(problems).toEqual([]);
    const [useCase] = useCases;
    expect(useCase).toMatchObject({
      id: 'badge-gate',
      title: 'Badge gate',
      owners: ['@acme/doors', 'doors@acme.example'],
      services: ['azure_ai_face'],
      covers: ['src/gate/**'],
      description: 'Opens doors for people with a badge.\n',
    });
    expect([...(useCase?.facts.keys() ?? [])]).toEqual(['operator', 'capability']);
    expect(useCase?.facts.get('operator')).toEqual({
      state: { kind: 'one', possible: ['private_entity'] },
      origins: [
        { source: 'declaration', place: { path, range: { startLine: 9, startColumn: 3, endLine: 9, endColumn: 27 } } },
      ],
    });
    expect([...(useCase?.places.keys() ?? [])]).toEqual(
      expect.arrayContaining(['id', 'covers[0]', 'facts', 'facts.operator', 'facts.capability.includes']),
    );
    expect(useCase?.places.get('facts')?.range).toMatchObject({ startLine: 8, endLine: 13 });
  });

  it('needs only an id; the rest has defaults, but without services it is warned of', () => {
    const { useCases } = readDeclaration({ path, text: 'id: x\nfacts:\n' });
    expect(useCases[0]).toMatchObject({ id: 'x', title: 'x', owners: [], services: [], covers: [], description: '' });
    expect(problemsOf('id: x\n')).toMatchObject([{ code: 'SL-DECL-NO-SERVICES', level: 'warning', at: '1:1-1:6' }]);
  });

  it.each<[string, string, object[]]>([
    [
      'a misspelt value',
      'operator: privat_entity',
      [{ code: 'SL-FACT-VALUE', at: '4:13-4:26', suggestion: 'private_entity' }],
    ],
    [
      'a misspelt fact',
      'oprator: private_entity',
      [{ code: 'SL-FACT-UNKNOWN', at: '4:3-4:10', suggestion: 'operator' }],
    ],
    ['a wrong item', 'capability: [ocr, orc]', [{ code: 'SL-FACT-VALUE', at: '4:21-4:24', suggestion: 'ocr' }]],
    [
      'a wrong part',
      'capability: {include: [ocr]}',
      [{ code: 'SL-FACT-FORM', at: '4:16-4:23', suggestion: 'includes' }],
    ],
    ['a quoted boolean', 'eu_nexus: "yes"', [{ code: 'SL-FACT-FORM', at: '4:13-4:18', suggestion: 'true' }]],
    [
      'a list for one value',
      'latency: [real_time]',
      [{ code: 'SL-FACT-FORM', at: '4:12-4:23', suggestion: 'real_time' }],
    ],
    ['two at once', 'operator: x\n  latency: y', [{ at: '4:13-4:14' }, { at: '5:12-5:13' }]],
  ])('with %s is refused at its place, with a mend', (_, fact, expected) => {
    const text = `id: x\nservices: [other]\nfacts:\n  ${fact}\n`;
    expect(problemsOf(text)).toMatchObject(expected);
    const [useCase] = readDeclaration({ path, text }).useCases;
    expect(useCase?.id).toBe('x');
    expect(useCase?.facts).toEqual(new Map());
  });

  it('tells problems of its facts and of its frame at once', () => {
    const codes = problemsOf('id: x\nservice: [other]\nfacts: {operator: x}\n').map(({ code }) => code);
    expect(codes).toEqual(['SL-SCHEMA-UNKNOWN-KEY', 'SL-FACT-VALUE']);
  });

  it.each([
    ['a bad id', 'id: a b', 'SL-SCHEMA-WRONG-VALUE', '1:5-1:8'],
    ['a number for an id', 'id: 5', 'SL-SCHEMA-WRONG-TYPE', '1:5-1:6'],
    ['a pattern that leaves the repository', 'id: x\ncovers: [../x]', 'SL-SCHEMA-WRONG-VALUE', '2:10-2:14'],
    ['an unknown service', 'id: x\nservices: [azure_opnai]', 'SL-SCHEMA-WRONG-VALUE', '2:12-2:23'],
    ['facts that are a list', 'id: x\nfacts: [operator]', 'SL-SCHEMA-WRONG-TYPE', '2:8-2:18'],
    [
      'a duplicate fact',
      'id: x\nfacts:\n  latency: real_time\n  latency: post_event',
      'SL-YAML-DUPLICATE-KEY',
      '4:3-4:10',
    ],
    ['syntax that is none', 'id: [x', 'SL-YAML-SYNTAX', '1:7-1:7'],
    ['no map at all', 'just words', 'SL-SCHEMA-WRONG-TYPE', '1:1-1:11'],
  ])('with %s is refused', (_, text, code, at) => {
    expect(problemsOf(text)).toMatchObject([{ code, at, level: 'error' }]);
  });

  it('may stand in one file with others; a wrong one does not take the others with it', () => {
    const { useCases, problems } = readDeclaration({
      path,
      text: 'id: a\nservices: [other]\n---\nid: b\nfactz: {x: y}\n---\nid: c\nservices: [other]\n',
    });
    expect(useCases.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(problems).toMatchObject([{ code: 'SL-SCHEMA-UNKNOWN-KEY', place: { range: { startLine: 5 } } }]);
  });

  it('is none in an empty file', () => {
    expect(readDeclaration({ path, text: '# nothing\n' })).toEqual({ path, useCases: [], problems: [] });
  });

  it('lists at most fifty problems of a hostile file', () => {
    const facts = Array.from({ length: 5000 }, (_, i) => `  fact_${i}: x\n`).join('');
    expect(problemsOf(`id: x\nfacts:\n${facts}`)).toHaveLength(50);
    const keys = Array.from({ length: 5000 }, (_, i) => `key_${i}: x\n`).join('');
    expect(problemsOf(`id: x\n${keys}`)).toHaveLength(50);
  });
});

describe('ids', () => {
  const file = (name: string, text: string) => readDeclaration({ path: name, text });

  it('are unique over all files; the later in path and line is told of the earlier', () => {
    const files = [
      file('b.yml', 'id: x\n---\nid: y\n'),
      file('a.yml', 'id: z\n---\nid: x\n'),
      file('c.yml', 'id: x\n'),
    ];
    expect(findDuplicateIds(files)).toMatchObject([
      {
        code: 'SL-DECL-DUPLICATE-ID',
        message: 'The id x is taken by the use case in a.yml, line 3',
        place: { path: 'b.yml' },
      },
      {
        message: 'The id x is taken by the use case in a.yml, line 3',
        place: { path: 'c.yml', range: { startColumn: 1 } },
      },
    ]);
  });

  it('are no problem where each is its own', () => {
    expect(findDuplicateIds([file('a.yml', 'id: a\n'), file('b.yml', 'id: b\n')])).toEqual([]);
  });
});
