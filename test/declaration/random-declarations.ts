import { SERVICE_NAMES } from '../../src/facts/services.ts';
import { FACT_NAMES, type FactName, VOCABULARY, valuesOf } from '../../src/facts/vocabulary.ts';

/** A small generator of chance (mulberry32), so that a seed alone tells which declaration failed. */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Pieces of YAML that parsers stumble over. */
const HOSTILE = [
  ...[
    '&a ',
    '*a',
    '!!str ',
    '!!binary ',
    '<<: ',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '? ',
    '- ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
  ],
  ...[
    '|\n',
    '>-\n',
    '#',
    '\t',
    '\r',
    '\0',
    '\ufeff',
    '\u2028',
    '\ud800',
    '😀',
    '\u202e',
    '__proto__: ',
    'constructor: ',
    '\\',
    '@',
    '`',
  ],
  ...[
    '.inf',
    '.nan',
    '-0',
    '1e999',
    '0x1F',
    '0o7',
    '~',
    'null',
    'yes',
    '2026-12-31',
    '{a: '.repeat(40),
    '- '.repeat(40),
    'id: x\n'.repeat(3),
  ],
] as const;

/** A declaration out of a seed: well-formed, with wrong values here and there, or mutated beyond recognition. */
export function randomDeclaration(seed: number): string {
  const random = chance(seed);
  const documents = Array.from({ length: random() < 0.1 ? 3 : 1 }, () => writeDeclaration(random));
  let text = documents.join('---\n');
  const mutations = random() < 0.5 ? 0 : Math.floor(random() * 6);
  for (let count = 0; count < mutations; count++) text = mutate(text, random);
  return text;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

function writeDeclaration(random: () => number): string {
  const lines = [`id: case-${Math.floor(random() * 1000)}`];
  if (random() < 0.8) lines.push('title: "A use case"');
  if (random() < 0.8) lines.push(`services: [${pick(SERVICE_NAMES, random)}, ${pick(SERVICE_NAMES, random)}]`);
  if (random() < 0.6)
    lines.push(
      'covers:',
      '  - src/**/*.py',
      `  - ${pick(random() < 0.9 ? ['lib/{a,b}', 'x/[a-z]*', '**'] : ['../up', '{a'], random)}`,
    );
  if (random() < 0.4) lines.push('description: |', '  Some text', '  over lines');
  lines.push('facts:');
  const facts = Array.from({ length: Math.floor(random() * 12) }, () => pick(FACT_NAMES, random));
  for (const name of random() < 0.95 ? new Set(facts) : facts) lines.push(`  ${name}: ${writeFact(name, random)}`);
  return `${lines.join('\n')}\n`;
}

function writeFact(name: FactName, random: () => number): string {
  const isWrong = random() < 0.06;
  const value = () => writeValue(name, isWrong, random);
  const list = () => `[${Array.from({ length: Math.floor(random() * 4) }, value).join(', ')}]`;
  const { kind } = VOCABULARY[name];
  const excludes = random() < 0.2 ? `, excludes: ${list()}` : '';
  const open = random() < 0.5 ? 'any' : list();
  const set = () => `{includes: ${list()}, may_include: ${open}${excludes}}`;
  if (isWrong && random() < 0.5) return pick([value(), list(), set(), '[unknown]', '5', 'yes'], random);
  if (random() < 0.1) return pick(['unknown', '', '~'], random);
  if (kind !== 'many') return random() < 0.2 && kind === 'one' ? `{one_of: [${value()}, ${value()}]}` : value();
  return random() < 0.7 ? list() : set();
}

function writeValue(name: FactName, isWrong: boolean, random: () => number): string {
  const values = valuesOf(name);
  const value = values.length > 0 ? pick(values, random) : random().toFixed(2);
  if (!isWrong) return value;
  const at = Math.floor(random() * value.length);
  return pick([value.slice(0, at) + value.slice(at + 1), value.toUpperCase(), `${value}s`, 'nonsense'], random);
}

function mutate(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const end = Math.min(text.length, at + Math.floor(random() * 20));
  const kind = Math.floor(random() * 7);
  if (kind === 0) return text.slice(0, at) + text.slice(end);
  if (kind === 1) return text.slice(0, at) + pick(HOSTILE, random) + text.slice(at);
  if (kind === 2) return text.slice(0, at);
  if (kind === 3) return text.slice(0, end) + text.slice(at);
  if (kind === 4) return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x180)) + text.slice(at + 1);
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  if (kind === 5) lines.splice(line, 1, `${' '.repeat(Math.floor(random() * 5))}${lines[line]?.trimStart()}`);
  else lines.splice(line, 0, pick(lines, random));
  return lines.join('\n');
}
