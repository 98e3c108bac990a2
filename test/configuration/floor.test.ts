import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApproverRule, Configuration } from '../../src/configuration/configuration.ts';
import { FINDING_KIND_SEVERITIES, type Severity, weaker } from '../../src/configuration/severities.ts';
import { KNOWN, resolve } from './fakes.ts';

/** `npm run soak:policies` tries more. */
const THOROUGH = Number(process.env.LAW_FACTOR ?? 1);

/** What a repository may not loosen, asked of the configuration as those who use it ask. */
const RULES = KNOWN.flatMap(({ id, rules }) => [...rules.keys()].map((rule) => [id, rule] as const));
const QUESTIONS = KNOWN.flatMap(({ id, interpretations }) =>
  [...interpretations].map(([name, strict]) => [id, name, strict] as const),
);

function severityOf({ severity }: Configuration, policy: string, rule: string): Severity {
  const natural = KNOWN.find(({ id }) => id === policy)?.rules.get(rule) ?? 'block';
  return severity.get(`${policy}/${rule}`) ?? severity.get(policy) ?? natural;
}

function isEnforced({ mode, enforceFrom }: Configuration, day: string): boolean {
  return enforceFrom === undefined ? mode === 'enforce' : day >= enforceFrom;
}

function approversOf({ approvers }: Configuration, policy: string, rule: string): ReadonlySet<string> {
  const named = [`${policy}/${rule}`, policy].map((name) => approvers.filter(({ applies }) => applies.includes(name)));
  const groups: readonly ApproverRule[] =
    named.find((list) => list.length > 0) ?? approvers.filter(({ applies }) => applies.length === 0);
  return new Set(groups.flatMap(({ users, teams, roles }) => [...users, ...teams, ...roles]));
}

const severity = fc.constantFrom<Severity>('block', 'warn', 'inform');
const severityName = fc.constantFrom(
  'code',
  'act',
  'code/USPD',
  'code/5(1)(h)',
  'act/A',
  ...Object.keys(FINDING_KIND_SEVERITIES),
);
const target = fc.constantFrom('code', 'act', 'code/USPD', 'act/A');
const optional = { requiredKeys: [] };
const group = fc.record(
  {
    applies: fc.array(target, { maxLength: 2 }),
    users: fc.subarray(['alice', 'bob']),
    teams: fc.subarray(['acme/a', 'acme/b']),
    roles: fc.subarray(['admin', 'maintain']),
  },
  optional,
);
const policy = fc.oneof(fc.constantFrom('code', 'act', 'law'), fc.constant({ id: 'code', version: '1.0' }));
const written = fc.record(
  {
    policies: fc.oneof(
      fc.constant('all'),
      fc.uniqueArray(policy, {
        minLength: 1,
        maxLength: 3,
        selector: (each) => (typeof each === 'string' ? each : each.id),
      }),
    ),
    severity: fc.dictionary(severityName, severity, { maxKeys: 4 }),
    mode: fc.constantFrom('enforce', 'advise'),
    enforce_from: fc.constantFrom('2026-01-01', '2027-01-01'),
    interpretations: fc.dictionary(
      fc.constantFrom('operator', 'exception', 'both', 'code/operator', 'act/operator', 'code/exception'),
      fc.boolean(),
      { maxKeys: 4 },
    ),
    ignore: fc.subarray(['a/**', 'b/**', '**']),
    declarations: fc.subarray(['x/**', 'y/**']),
    approvers: fc.array(group, { maxLength: 3 }),
  },
  optional,
);

describe('the floor of an organisation', () => {
  it('holds whatever a repository writes', () => {
    fc.assert(
      fc.property(written, written, (organisation, repository) => {
        // JSON is YAML.
        const floor = resolve(JSON.stringify(organisation), undefined).configuration;
        const { configuration } = resolve(JSON.stringify(organisation), JSON.stringify(repository));
        for (const [id, rule] of RULES) {
          expect(weaker(severityOf(configuration, id, rule), severityOf(floor, id, rule))).toBe(false);
          for (const name of approversOf(configuration, id, rule)) expect(approversOf(floor, id, rule)).toContain(name);
        }
        for (const [kind, natural] of Object.entries(FINDING_KIND_SEVERITIES)) {
          const [now, before] = [configuration, floor].map((each) => each.severity.get(kind) ?? natural);
          expect(weaker(now ?? natural, before ?? natural)).toBe(false);
        }
        for (const [id, name, strict] of QUESTIONS) {
          const [now, before] = [configuration, floor].map(
            ({ interpretations }) => interpretations.get(`${id}/${name}`) ?? interpretations.get(name),
          );
          expect(now === before || now === strict).toBe(true);
        }
        for (const day of ['2025-06-01', '2026-06-01', '2028-01-01'])
          expect(isEnforced(configuration, day)).toBe(isEnforced(configuration, day) || isEnforced(floor, day));
        expect(floor.ignore).toEqual(expect.arrayContaining([...configuration.ignore]));
        expect(configuration.declarations).toEqual(expect.arrayContaining([...floor.declarations]));
        const isAll = configuration.policies.length === 0;
        if (!isAll) expect(configuration.policies).toEqual(expect.arrayContaining([...floor.policies]));
        if (!isAll) expect(floor.policies).not.toEqual([]);
      }),
      { numRuns: 150 * THOROUGH },
    );
  });

  it('is what a repository gets that writes the same again', () => {
    fc.assert(
      fc.property(written, (organisation) => {
        const text = JSON.stringify(organisation);
        const once = resolve(text, undefined);
        const twice = resolve(text, text);
        expect(twice.problems).toEqual([]);
        for (const [id, rule] of RULES)
          expect(severityOf(twice.configuration, id, rule)).toBe(severityOf(once.configuration, id, rule));
      }),
    );
  });
});
