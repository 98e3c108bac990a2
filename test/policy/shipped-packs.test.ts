import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { interpretationsOf, walk } from '../../src/policy/condition.ts';
import { createLeafTable } from '../../src/policy/expression.ts';
import { loadCaseFiles, loadPacks } from '../../src/policy/load-packs.ts';
import type { PolicyPack } from '../../src/policy/pack.ts';
import { readPack } from '../../src/policy/read-pack.ts';
import { readCases, runCase } from '../../src/policy/worked-cases.ts';

const packs = loadPacks();
const files = loadCaseFiles().map(readCases);
const cases = files.flatMap((file) => file.cases);

describe('the worked cases of the shipped packs', () => {
  it.each(files)('$path can be read', ({ problems, cases }) => {
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases.map((worked) => [`${worked.policy.id}: ${worked.name}`, worked] as const))('%s', (_, worked) => {
    const { failures, problems } = runCase(worked, packs);
    expect(problems).toEqual([]);
    expect(failures.map(({ rule, expected, got }) => ({ rule, expected, got }))).toEqual([]);
  });

  const rules = packs.flatMap((pack) => pack.rules.map((rule) => ({ pack, rule: rule.id })));
  it.each(rules.map(({ pack, rule }) => [`${pack.id}@${pack.version}`, rule, pack] as const))(
    '%s has a case that meets %s and one that does not',
    (_, rule, pack) => {
      const own = cases.filter(
        ({ policy }) => policy.id === pack.id && (policy.version === undefined || policy.version === pack.version),
      );
      const expected = own.map((worked) => worked.expect.get(rule));
      expect(expected).toContain('not_covered');
      expect(expected.some((outcome) => outcome === 'prohibited' || outcome === 'duty_unmet')).toBe(true);
    },
  );
});

/** A pack without what its leaf table numbers and remembers. */
function said(pack: PolicyPack | undefined) {
  if (pack === undefined) return;
  const { leaves: _table, appliesTo, rules, ...rest } = pack;
  const { services, territory } = appliesTo;
  return {
    ...rest,
    appliesTo: [services, territory?.within.condition, territory?.settledBy?.condition],
    rules: rules.map(({ expression: _alone, expressionInTerritory, ...rule }) => [
      rule,
      expressionInTerritory.condition,
    ]),
  };
}

describe('the shipped packs', () => {
  it('are, written down by the build, what their files say', () => {
    const leaves = createLeafTable();
    for (const pack of packs) {
      const { path } = pack.place;
      const text = readFileSync(new URL(`../../src/policy/packs/${path}`, import.meta.url), 'utf8');
      expect(said(readPack({ path, text }, leaves).pack)).toEqual(said(pack));
    }
  });

  it('have every policy of the issue, each version once', () => {
    const ids = packs.map(({ id, version }) => `${id}@${version}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toMatchSnapshot();
  });

  it.each(packs)('$id uses every definition and interpretation that it has', (pack) => {
    const definitions = new Set<string>();
    for (const { condition } of pack.rules) {
      walk(condition, (part) => {
        if (part.op === 'definition') definitions.add(part.name);
      });
    }
    const interpretations = new Set(pack.rules.flatMap(({ condition }) => interpretationsOf(condition)));
    expect(definitions).toEqual(new Set(pack.definitions.keys()));
    expect(interpretations).toEqual(new Set(pack.interpretations.keys()));
  });

  it.each(packs)('$id names no model: the codes bind any model on the service', (pack) => {
    const text = JSON.stringify(pack.rules.map(({ condition, message, remedy }) => [condition, message, remedy]));
    expect(text).not.toMatch(/\bgpt-?\d|dall-?e|whisper|claude-|gemini-\d/i);
  });

  it.each(packs)('$id lets no clause block whose words nobody has seen', ({ rules }) => {
    const blocking = rules.filter(({ severity }) => severity === 'block').map(({ grade }) => grade);
    expect(blocking.filter((grade) => !['P', 'P-copy', 'S-v'].includes(grade))).toEqual([]);
  });

  it.each(packs)('$id admits nothing but a false alarm, from two, against a hard prohibition', ({ rules, nature }) => {
    const soft = ['vendor-approval', 'legal-authority'];
    for (const { kind, override } of rules) {
      if (kind !== 'prohibition') continue;
      expect(override.grounds).not.toContain('accepted-risk');
      if (override.grounds.some((ground) => soft.includes(ground))) continue;
      expect({ nature, override }).toMatchObject({ override: { grounds: ['false-positive'], approvals: 2 } });
    }
  });

  it('continue only rules that an earlier version of the series has', () => {
    for (const pack of packs) {
      const earlier = packs.filter(
        (other) => other.series === pack.series && (other.dates.from ?? '') < (pack.dates.from ?? ''),
      );
      const known = new Set(earlier.flatMap(({ rules }) => rules.map(({ id }) => id)));
      for (const { continues } of pack.rules) expect([...known]).toEqual(expect.arrayContaining([...continues]));
    }
  });
});
