import { describe, expect, it } from 'vitest';
import { readDeclaration } from '../../src/declaration/read-declaration.ts';
import { type BasisTexts, packsOf, resolveBasis } from '../../src/review/resolve-basis.ts';
import { pack } from './kit.ts';

const ON = '2026-11-01';

const FOLDER = '.github/ai-policies';

function basis(texts: Partial<BasisTexts>) {
  return resolveBasis({ documents: new Map(), ...texts }, ON);
}

function prohibitedBy({ basis: { evaluate } }: ReturnType<typeof resolveBasis>): readonly string[] {
  const text =
    'id: door\nservices: [self_hosted]\nfacts: {capability: [face_identification], deployment_countries: [BR]}\n';
  const [useCase] = readDeclaration({ path: 'x.yml', text }).useCases;
  if (useCase === undefined) throw new Error('no use case');
  return evaluate(useCase)
    .filter(({ outcome, policy }) => outcome === 'prohibited' && policy.startsWith('acme'))
    .map(({ policy, rule }) => `${policy}/${rule}`);
}

describe('policies of an organisation', () => {
  it('judge beside those of the repository, and are named in the verdict', () => {
    const resolved = basis({
      organisationDocuments: new Map([[`${FOLDER}/all.yml`, pack('acme-all')]]),
      documents: new Map([[`${FOLDER}/own.yml`, pack('acme-own')]]),
    });
    expect(prohibitedBy(resolved)).toEqual(['acme-all/FACES', 'acme-own/FACES']);
    expect(resolved.basis.policies.map(({ id }) => id)).toEqual(expect.arrayContaining(['acme-all', 'acme-own']));
    expect([resolved.problems, resolved.notSeen]).toEqual([[], []]);
  });

  it('lie where the organisation’s configuration says, and there only', () => {
    const texts = {
      organisation: 'packs: [rules/*.yml]\n',
      repository: `packs: ['${FOLDER}/*.yml']\n`,
      organisationDocuments: new Map([
        ['rules/all.yml', pack('acme-all')],
        [`${FOLDER}/old.yml`, pack('acme-old')],
      ]),
      documents: new Map([
        ['rules/not.yml', pack('acme-not')],
        [`${FOLDER}/own.yml`, pack('acme-own')],
      ]),
    };
    expect(prohibitedBy(basis(texts))).toEqual(['acme-all/FACES', 'acme-own/FACES']);
    expect(packsOf(texts).flatMap(({ id }) => (id.startsWith('acme') ? [id] : []))).toEqual(['acme-all', 'acme-own']);
  });

  it.each([
    ['id', pack('acme-all', { rules: [] })],
    ['series', pack('acme-mine', { series: 'acme-all', rules: [] })],
    ['id as a series', pack('acme-mine', { series: 'acme-all', version: '2' })],
  ])('keep their %s, whatever a repository puts beside them', (_, own) => {
    const resolved = basis({
      organisationDocuments: new Map([[`${FOLDER}/all.yml`, pack('acme-all')]]),
      documents: new Map([[`${FOLDER}/own.yml`, `# Ours.\n${own}`]]),
    });
    expect(prohibitedBy(resolved)).toEqual(['acme-all/FACES']);
    expect(resolved.problems).toMatchObject([
      { code: 'SL-PACK-RESERVED-NAME', place: { path: `${FOLDER}/own.yml`, range: { startLine: 2 } } },
    ]);
  });

  it('can’t be left out or softened by a repository', () => {
    const resolved = basis({
      organisation: 'mode: enforce\n',
      repository: 'policies: [ms-ai-v4]\nseverity: {acme-all/FACES: inform}\n',
      organisationDocuments: new Map([[`${FOLDER}/all.yml`, pack('acme-all')]]),
    });
    expect(prohibitedBy(resolved)).toEqual(['acme-all/FACES']);
    expect(resolved.basis.configuration.severity.get('acme-all/FACES')).toBeUndefined();
    expect(resolved.problems.map(({ code, place }) => [code, place.range.startLine])).toEqual([
      ['SL-CONF-LOOSENS', 1],
      ['SL-CONF-LOOSENS', 2],
    ]);
  });

  it('that have errors keep a verdict from being complete, and are no fault of the repository', () => {
    const broken = pack('acme-broken').replace('face_identification', 'face_identifcation');
    const resolved = basis({
      organisationDocuments: new Map([
        [`${FOLDER}/all.yml`, pack('acme-all')],
        [`${FOLDER}/broken.yml`, broken],
      ]),
    });
    expect(prohibitedBy(resolved)).toEqual(['acme-all/FACES']);
    expect(resolved.problems).toEqual([]);
    expect(resolved.notSeen).toMatchObject([
      { what: 'configuration', path: `the organisation's ${FOLDER}/broken.yml:1` },
    ]);
    expect(resolved.notSeen[0]?.reason).toMatch(/face_identifcation.*did you mean `face_identification`/);
  });
});
