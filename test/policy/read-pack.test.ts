import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/policy/read-pack.ts';

const HEAD = `id: acme-ai
series: acme-ai
publisher: Acme
document: Rules for AI
version: "1"
url: https://acme.example/ai
nature: organisation
summary: Ours.
applies_to: {services: any}
`;

const RULE = `id: NO-FACES
    clause: "1"
    title: No faces
    kind: prohibition
    grade: P
    seen: It is ours.
    message: We do not identify people by their faces.
    remedy: Take it out.
    when: {capability: face_identification}`;

function problemsOf(text: string): string[] {
  return readPack({ path: 'pack.yml', text }).problems.map(
    ({ code, place: { range }, message, remedy }) =>
      `${range.startLine}:${range.startColumn} ${code} ${message} | ${remedy}`,
  );
}

/** The pack with one rule, some of its text replaced. */
function changed(from: string, to: string): string {
  const text = `${HEAD}rules:\n  - ${RULE}\n`;
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe('readPack', () => {
  it('reads an organisation’s pack with its defaults', () => {
    const { pack, problems } = readPack({ path: 'pack.yml', text: `${HEAD}rules:\n  - ${RULE}\n` });
    expect(problems).toEqual([]);
    expect(pack).toMatchObject({ id: 'acme-ai', dates: {}, appliesTo: { services: 'any' }, notEvaluated: [] });
    expect(pack?.rules).toMatchObject([
      {
        id: 'NO-FACES',
        severity: 'block',
        url: 'https://acme.example/ai',
        override: { grounds: ['false-positive'], approvals: 2, maxDays: 90 },
        continues: [],
        place: { path: 'pack.yml', range: { startLine: 11 } },
        condition: { op: 'fact', fact: 'capability', test: { op: 'in', values: ['face_identification'] } },
      },
    ]);
  });

  it.each([
    ['prohibition', 'P', 'block', 2],
    ['prohibition', 'S-v', 'block', 2],
    ['prohibition', 'S-p', 'warn', 2],
    ['prohibition', 'M', 'warn', 2],
    ['approval_gate', 'P', 'block', 1],
    ['duty', 'P', 'warn', 1],
    ['advice', 'P', 'inform', 1],
  ])('gives a %s of grade %s the severity %s and %i approvals', (kind, grade, severity, approvals) => {
    const text = changed('kind: prohibition\n    grade: P', `kind: ${kind}\n    grade: ${grade}`);
    expect(readPack({ path: 'pack.yml', text }).pack?.rules[0]).toMatchObject({ severity, override: { approvals } });
  });

  it.each([
    ['a misspelt value', 'face_identification', 'face_identificatoin'],
    ['a misspelt fact', 'capability', 'capabilty'],
    ['an unknown definition', '{capability: face_identification}', '{definition: faces}'],
    ['an unknown interpretation', '{capability: face_identification}', '{interpretation: {faces: {eu_nexus: true}}}'],
    ['an empty condition', '{capability: face_identification}', '{}'],
    ['an unquoted version', 'version: "1"', 'version: 1.0'],
    ['a missing message', '    message: We do not identify people by their faces.\n', ''],
    [
      'an end before the beginning',
      'summary: Ours.',
      'summary: Ours.\neffective_from: 2026-02-01\neffective_until: 2026-01-31',
    ],
    ['a day that does not exist', 'summary: Ours.', 'summary: Ours.\neffective_from: 2026-02-30'],
    [
      'a ground that does not exist',
      'remedy: Take it out.',
      'remedy: Take it out.\n    override: {grounds: [false-positiv], approvals: 1, max_days: 30}',
    ],
    ['the same rule twice', `- ${RULE}`, `- ${RULE}\n  - ${RULE}`],
    [
      'a claim by an open question',
      `applies_to: {services: any}`,
      'applies_to:\n  services: any\n  territory: {within: {interpretation: {where: {eu_nexus: true}}}}\ninterpretations: {where: {question: Where?, "yes": Here., "no": There.}}',
    ],
    [
      'a definition made of itself',
      'applies_to: {services: any}',
      'applies_to: {services: any}\ndefinitions:\n  a: {says: a, when: {definition: b}}\n  b: {says: b, when: {definition: a}}',
    ],
    ['a service that does not exist', 'services: any', 'services: [azure_openia]'],
    ['an address that is no https', 'https://acme.example/ai', 'javascript:alert(1)'],
    ['an alias', '{capability: face_identification}', '*faces'],
  ])('refuses %s with its place', (_, from, to) => {
    const problems = problemsOf(changed(from, to));
    expect(problems).not.toEqual([]);
    expect(problems).toMatchSnapshot();
  });

  it('refuses definitions that grow without end when filled in, at once', () => {
    const definitions = Array.from({ length: 50 }, (_, index) => {
      const inner =
        index === 0 ? '{eu_nexus: true}' : `{all: [{definition: d${index - 1}}, {definition: d${index - 1}}]}`;
      return `  d${index}: {says: x, when: ${inner}}\n`;
    });
    const text = changed('{capability: face_identification}', '{definition: d49}').replace(
      'rules:',
      `definitions:\n${definitions.join('')}rules:`,
    );
    expect(problemsOf(text)).toEqual([expect.stringContaining('SL-PACK-TOO-COMPLEX')]);
  });

  it('refuses a rule that would need too many combinations', () => {
    const tests = (fact: string, values: readonly string[]) => values.map((value) => `{${fact}: ${value}}`);
    const some = [
      ...tests('purpose', [
        'criminal_investigation',
        'patrol_or_public_order',
        'border_control',
        'marketing',
        'education',
        'humanitarian',
        'other',
      ]),
      ...tests('context', ['workplace', 'education', 'shop', 'street', 'home', 'vehicle']),
    ];
    const text = changed(
      '{capability: face_identification}',
      `{all: [{any: [${some.join(', ')}]}, {not: {all: [${some.join(', ')}]}}]}`,
    );
    expect(problemsOf(text)).toEqual([expect.stringContaining('SL-PACK-TOO-COMPLEX')]);
  });

  it('gives the same digest for the same content, whatever the layout', () => {
    const original = `${HEAD}rules:\n  - ${RULE}\n`;
    const digestOf = (text: string) => readPack({ path: 'x.yml', text }).pack?.digest;
    const lines = HEAD.trimEnd().split('\n').reverse().join('\n');
    expect(digestOf(`# a comment\nrules:\n  - ${RULE}\n${lines}\n`)).toBe(digestOf(original));
    expect(digestOf(original.replace('Take it out.', 'Leave it out.'))).not.toBe(digestOf(original));
    expect(digestOf(original)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('never fails on cut or garbled packs', () => {
    const text = readFileSync(new URL('../../src/policy/packs/ms-ai-v4.yml', import.meta.url), 'utf8');
    for (let cut = 0; cut < text.length; cut += 997) {
      const garbled = `${text.slice(0, cut)}\u0000{[&*!${text.slice(cut + 7)}`;
      for (const broken of [text.slice(0, cut), garbled]) {
        const { pack, problems } = readPack({ path: 'x.yml', text: broken });
        expect(pack !== undefined || problems.length > 0).toBe(true);
      }
    }
  });
});
