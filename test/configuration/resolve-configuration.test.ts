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
