import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../src/configuration/configuration-defaults.ts';
import { CONFIGURATION_KEYS } from '../../src/configuration/configuration-keys.ts';
import { configurationSchema, RELEASABLE_KEYS } from '../../src/configuration/configuration-schema.ts';
import { resolve, shown } from './fakes.ts';

const WHOLE = `
policies:
  - code
  - {id: act, version: "2024"}
declarations: ["ai/**/*.yml"]
packs: []
ignore: ["legacy/**"]
severity:
  code/USPD: warn
  undeclared_integration: inform
mode: advise
enforce_from: 2027-01-01
interpretations: {operator: false, code/exception: true}
approvers:
  - applies: [code/USPD]
    users: [alice]
    teams: [acme/compliance]
    roles: [admin]
comments: {review: false, expiry_issue: true}
`;

describe('a repository by itself', () => {
  it('has sensible defaults without a file, and with an empty one', () => {
    for (const text of [undefined, '', '# nothing yet\n']) {
      const { configuration, problems, unreadable } = resolve(undefined, text);
      expect({ configuration, problems, unreadable }).toEqual({
        configuration: DEFAULT_CONFIGURATION,
        problems: [],
        unreadable: [],
      });
    }
  });

  it('may set everything', () => {
    const { configuration, problems } = resolve(undefined, WHOLE);
    expect(problems).toEqual([]);
    expect(configuration).toEqual({
      policies: [{ id: 'code' }, { id: 'act', version: '2024' }],
      declarations: ['ai/**/*.yml'],
      packs: [],
      ignore: ['legacy/**'],
      severity: new Map([
        ['code/USPD', 'warn'],
        ['undeclared_integration', 'inform'],
      ]),
      mode: 'advise',
      enforceFrom: '2027-01-01',
      interpretations: new Map([
        ['operator', false],
        ['code/exception', true],
      ]),
      approvers: [{ applies: ['code/USPD'], users: ['alice'], teams: ['acme/compliance'], roles: ['admin'] }],
      comments: { review: false, suggestions: true, expiryIssue: true },
    });
  });

  it('is refused as a whole where a value has the wrong form, with place and mend', () => {
    const { problems, unreadable, configuration } = resolve(
      undefined,
      'mode: enforced\nenforce_from: 31.12.2026\npolices: [code]\n',
    );
    expect(unreadable).toEqual(['repository']);
    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
    expect(
      problems.map(({ place, message, suggestion }) => [place.range.startLine, message, suggestion?.text]),
    ).toEqual([
      [1, 'The value `enforced` of `mode` is not allowed; did you mean `enforce`?', 'enforce'],
      [2, 'The value of `enforce_from` is not allowed: a day is written 2026-12-31', undefined],
      [3, 'The key `polices` is not known; did you mean `policies`?', 'policies'],
    ]);
  });

  it('is told of names that do not exist, with the nearest that do', () => {
    const text = `policies: [cod, vendor-code, {id: act, version: "2023"}]
severity: {code/USPDD: warn, undeclared_integratoin: warn}
interpretations: {operater: true}
approvers: [{applies: [code/USDP], roles: [admin]}]
`;
    const resolved = resolve(undefined, text);
    expect(
      resolved.problems.map(({ code, place: { range }, suggestion }) => [
        code,
        `${range.startLine}:${range.startColumn}`,
        suggestion?.text,
      ]),
    ).toEqual([
      ['SL-CONF-UNKNOWN-POLICY', '1:12', 'code'],
      ['SL-CONF-UNKNOWN-VERSION', '1:49', '2024'],
      ['SL-CONF-UNKNOWN-RULE', '2:12', 'code/USPD'],
      ['SL-CONF-UNKNOWN-RULE', '2:30', 'undeclared_integration'],
      ['SL-CONF-UNKNOWN-INTERPRETATION', '3:19', 'operator'],
      ['SL-CONF-UNKNOWN-RULE', '4:24', 'code/USPD'],
    ]);
    expect(resolved.configuration).toMatchObject({
      policies: [{ id: 'vendor-code' }],
      severity: new Map(),
      approvers: [],
    });
  });

  it('judges by everything where it names only policies that do not exist', () => {
    expect(resolve(undefined, 'policies: [nothing]\n').configuration.policies).toEqual([]);
  });
});

describe('an organisation over the defaults', () => {
  it('holds for a repository without a file', () => {
    expect(resolve(WHOLE, undefined).configuration).toEqual(resolve(undefined, WHOLE).configuration);
  });

  it('makes the defaults a floor, too, even where its file cannot be read', () => {
    for (const organisation of ['', 'mode: [']) {
      const { configuration } = resolve(organisation, 'mode: advise\nignore: ["**"]\n');
      expect(configuration).toMatchObject({ mode: 'enforce', ignore: [] });
    }
    expect(resolve('mode: [', '').unreadable).toEqual(['organisation']);
  });
});

describe('a repository over its organisation', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'leaves out a policy',
      'policies: [code, act]',
      'policies: [act]',
      ['SL-CONF-LOOSENS 1:1 The list leaves out code, which the organisation applies'],
    ],
    [
      'leaves out a policy of all',
      '',
      'policies: [act]',
      ['SL-CONF-LOOSENS 1:1 The list leaves out code, which the organisation applies'],
    ],
    [
      'fixes a version',
      'policies: [code]',
      'policies: [{id: code, version: "1.0"}]',
      ['SL-CONF-LOOSENS 1:12 The version of code is for the organisation to choose'],
    ],
    [
      'lowers a set severity',
      'severity: {code/USPD: block}',
      'severity: {code/USPD: warn}',
      ['SL-CONF-LOOSENS 1:12 The severity warn is below block, which code/USPD has by the organisation'],
    ],
    [
      'lowers a default severity',
      '',
      'severity: {act/A: inform}',
      ['SL-CONF-LOOSENS 1:12 The severity inform is below warn, which act/A has by the organisation'],
    ],
    [
      'lowers a whole policy',
      '',
      'severity: {code: warn}',
      ['SL-CONF-LOOSENS 1:12 The severity warn is below block, which code/USPD has by the organisation'],
    ],
    [
      'lowers a kind of finding',
      '',
      'severity: {undeclared_integration: warn}',
      ['SL-CONF-LOOSENS 1:12 The severity warn is below block, which undeclared_integration has by the organisation'],
    ],
    [
      'advises',
      '',
      'mode: advise',
      ['SL-CONF-LOOSENS 1:1 The organisation enforces at once; here the repository only advises'],
    ],
    [
      'enforces later',
      'enforce_from: 2027-01-01',
      'enforce_from: 2027-02-01',
      ['SL-CONF-LOOSENS 1:1 The organisation enforces from 2027-01-01; here the repository enforces from 2027-02-01'],
    ],
    [
      'settles an open question leniently',
      '',
      'interpretations: {operator: false}',
      ['SL-CONF-LOOSENS 1:19 This settles operator more leniently than the organisation does'],
    ],
    [
      'settles an exception leniently',
      '',
      'interpretations: {code/exception: true}',
      ['SL-CONF-LOOSENS 1:19 This settles code/exception more leniently than the organisation does'],
    ],
    [
      'settles what has no strict answer',
      '',
      'interpretations: {both: true}',
      ['SL-CONF-LOOSENS 1:19 This settles both more leniently than the organisation does'],
    ],
    [
      'settles against the organisation',
      'interpretations: {operator: true}',
      'interpretations: {act/operator: false}',
      ['SL-CONF-LOOSENS 1:19 This settles act/operator more leniently than the organisation does'],
    ],
    [
      'ignores more',
      'ignore: ["vendor/**"]',
      'ignore: ["vendor/**", "**"]',
      ['SL-CONF-LOOSENS 1:23 The organisation does not ignore **'],
    ],
    [
      'names other approvers',
      'approvers: [{teams: [acme/compliance]}]',
      'approvers: [{users: [mallory], teams: [ACME/Compliance]}]',
      ['SL-CONF-LOOSENS 1:22 The organisation does not name mallory as an approver of this'],
    ],
    [
      'moves approvers to a rule that they are not for',
      'approvers: [{roles: [admin]}, {applies: [code], teams: [acme/compliance]}]',
      'approvers: [{applies: [code/USPD], roles: [admin]}]',
      ['SL-CONF-LOOSENS 1:44 The organisation does not name admin as an approver of this'],
    ],
    [
      'allows itself',
      '',
      'allow: [mode]\nmode: advise',
      [
        'SL-CONF-ORGANISATION-ONLY 1:1 Only an organisation can allow keys to its repositories',
        'SL-CONF-LOOSENS 2:1 The organisation enforces at once; here the repository only advises',
      ],
    ],
  ])('cannot loosen: %s', (_, organisation, repository, expected) => {
    const resolved = resolve(organisation, repository);
    expect(shown(resolved)).toEqual(expected);
    const floor = resolve(organisation, undefined).configuration;
    expect(resolved.configuration).toEqual({
      ...floor,
      ignore: expected[0]?.includes('ignore **') ? ['vendor/**'] : floor.ignore,
      approvers: resolved.configuration.approvers,
      severity: resolved.configuration.severity,
    });
    expect(resolved.configuration.approvers).toHaveLength(floor.approvers.length);
  });

  it.each<[string, string, string, object]>([
    ['adds a policy', 'policies: [code]', 'policies: [code, act]', { policies: [{ id: 'code' }, { id: 'act' }] }],
    [
      'names the series',
      'policies: [code]',
      'policies: [vendor-code]',
      { policies: [{ id: 'code' }, { id: 'vendor-code' }] },
    ],
    ['judges by all', 'policies: [code]', 'policies: all', { policies: [] }],
    [
      'judges by all, with the fixed version',
      'policies: [{id: code, version: "1.0"}]',
      'policies: all',
      { policies: [{ id: 'code', version: '1.0' }, { id: 'act' }] },
    ],
    [
      'repeats the version',
      'policies: [{id: code, version: "1.0"}]',
      'policies: [{id: code, version: "1.0"}]',
      { policies: [{ id: 'code', version: '1.0' }] },
    ],
    ['raises a rule', '', 'severity: {act/A: block}', { severity: new Map([['act/A', 'block']]) }],
    [
      'raises a policy over a rule that was lowered',
      'severity: {code/USPD: inform}',
      'severity: {code: block}',
      {
        severity: new Map([
          ['code/USPD', 'block'],
          ['code', 'block'],
        ]),
      },
    ],
    [
      'raises a kind',
      'severity: {undeclared_integration: inform}',
      'severity: {undeclared_integration: warn}',
      { severity: new Map([['undeclared_integration', 'warn']]) },
    ],
    [
      'enforces earlier',
      'enforce_from: 2027-01-01',
      'enforce_from: 2026-12-01',
      { mode: 'enforce', enforceFrom: '2026-12-01' },
    ],
    ['enforces at once', 'mode: advise\nenforce_from: 2027-01-01', 'mode: enforce', { mode: 'enforce' }],
    [
      'enforces from a day what is only advice',
      'mode: advise',
      'enforce_from: 2027-01-01',
      { mode: 'enforce', enforceFrom: '2027-01-01' },
    ],
    [
      'settles strictly',
      '',
      'interpretations: {operator: true, exception: false}',
      {
        interpretations: new Map([
          ['operator', true],
          ['exception', false],
        ]),
      },
    ],
    [
      'settles strictly against the organisation',
      'interpretations: {operator: false}',
      'interpretations: {act/operator: true}',
      {
        interpretations: new Map([
          ['operator', false],
          ['act/operator', true],
        ]),
      },
    ],
    ['ignores less', 'ignore: [a, b]', 'ignore: [b]', { ignore: ['b'] }],
    ['adds places of declarations', 'declarations: [a]', 'declarations: [b]', { declarations: ['a', 'b'] }],
    ['has packs of its own', 'packs: [a]', 'packs: [b]', { packs: ['b'] }],
    [
      'wants no comments',
      'comments: {review: true}',
      'comments: {review: false}',
      { comments: { review: false, suggestions: true, expiryIssue: false } },
    ],
    [
      'narrows approvers',
      'approvers: [{users: [alice], teams: [acme/a, acme/b]}, {applies: [act, code], roles: [admin]}]',
      'approvers: [{teams: [acme/a]}, {applies: [code/USPD], roles: [admin]}]',
      {
        approvers: [
          { applies: ['act', 'code'], users: [], teams: [], roles: ['admin'] },
          { applies: [], users: [], teams: ['acme/a'], roles: [] },
          { applies: ['code/USPD'], users: [], teams: [], roles: ['admin'] },
        ],
      },
    ],
  ])('may tighten: %s', (_, organisation, repository, expected) => {
    const resolved = resolve(organisation, repository);
    expect(shown(resolved)).toEqual([]);
    expect(resolved.configuration).toMatchObject(expected);
    if (!('enforceFrom' in expected) && 'mode' in expected) expect(resolved.configuration.enforceFrom).toBeUndefined();
  });

  it('keeps the severity of the rules that a lower one for the policy would lower, and raises the others', () => {
    const { configuration } = resolve('', 'severity: {code: warn, code/USPD: block}');
    expect([...configuration.severity]).toEqual([
      ['code', 'warn'],
      ['code/USPD', 'block'],
    ]);
    expect([...resolve('', 'severity: {code: warn}').configuration.severity]).toEqual([
      ['code', 'warn'],
      ['code/USPD', 'block'],
    ]);
  });

  it('is free in what the organisation allows', () => {
    const organisation = `allow: [${RELEASABLE_KEYS.join(', ')}]\npolicies: [code, act]\n`;
    const resolved = resolve(organisation, WHOLE.replace('  - code\n', ''));
    expect(shown(resolved)).toEqual([]);
    expect(resolved.configuration).toMatchObject({ policies: [{ id: 'act' }], mode: 'advise', ignore: ['legacy/**'] });
  });

  it('has its problems listed after those of the organisation, each with its file', () => {
    const { problems } = resolve('policies: [cod]\n', 'interpretations: {both: true}\nmode: advise\n');
    expect(problems.map(({ place }) => `${place.path}:${place.range.startLine}`)).toEqual([
      'acme/.github:.github/sightline.yml:1',
      '.github/sightline.yml:1',
      '.github/sightline.yml:2',
    ]);
  });
});

describe('the table of keys', () => {
  it('speaks of every key that can be written', () => {
    const keys = Object.keys(configurationSchema.shape).filter((key) => key !== 'allow' && key !== 'enforce_from');
    expect(CONFIGURATION_KEYS.map(({ key }) => key).sort()).toEqual(keys.sort());
  });

  it('says of each what a repository may do, and why', () => {
    for (const { repositoryMay, because } of CONFIGURATION_KEYS)
      expect([repositoryMay, because].every((text) => /^[A-Z].*\.$/.test(text))).toBe(true);
  });
});

describe('the digest', () => {
  it('is the same however the file is written, and another for another configuration', () => {
    const { digest } = resolve(undefined, 'severity: {act/A: block, code/USPD: warn}\nmode: enforce\n');
    expect(
      resolve(undefined, '# comment\nmode: "enforce"\nseverity:\n  code/USPD: warn\n  act/A: block\n').digest,
    ).toBe(digest);
    expect(resolve(undefined, 'severity: {act/A: block}\n').digest).not.toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
