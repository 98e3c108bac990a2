import { describe, expect, it } from 'vitest';
import { resolve, shown } from './fakes.ts';

describe('a repository over its organisation', () => {
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
});
