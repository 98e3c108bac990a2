import { describe, expect, it } from 'vitest';
import { resolve, shown } from './fakes.ts';

describe('a repository under its organisation', () => {
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
});
