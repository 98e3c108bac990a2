import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import type { UseCase } from '../../../src/declaration/use-case.ts';
import type { Integration } from '../../../src/integration/integration.ts';
import { inventoryCycloneDx } from '../../../src/report/inventory/cyclonedx.ts';
import type { RepositoryInventory } from '../../../src/report/inventory/inventory.ts';
import { inventoryCsv } from '../../../src/report/inventory/inventory-csv.ts';
import { inventoryMarkdown, inventoryText } from '../../../src/report/inventory/inventory-text.ts';

const range = { startLine: 12, startColumn: 1, endLine: 12, endColumn: 9 };

function integration(
  provider: string,
  capability: string,
  path: string,
  changes: Partial<Integration> = {},
): Integration {
  return {
    path,
    provider,
    service: provider,
    capability,
    certainty: 'seen',
    facts: {},
    range,
    evidence: 'x',
    entry: `${provider}/x`,
    ...changes,
  };
}

const useCase: UseCase = {
  id: 'badge-kiosk',
  title: 'Opens doors, "touchless"',
  owners: ['@acme/doors'],
  services: ['aws_rekognition'],
  covers: ['src/**'],
  facts: new Map([
    ['operator', { state: { kind: 'one', possible: ['private_entity'] }, origins: [] }],
    [
      'capability',
      {
        state: {
          kind: 'many',
          includes: ['face_identification'],
          possible: ['liveness'],
          excludes: [],
          atLeastOne: false,
        },
        origins: [],
      },
    ],
  ]),
  description: 'Employees who enrolled open doors by face.',
  place: { path: '.github/ai-use-cases/badge.yml', range },
  places: new Map(),
};

const repositories: RepositoryInventory[] = [
  {
    name: 'acme/doors',
    useCases: [
      {
        useCase,
        integrations: [
          integration('aws_rekognition', 'face_identification', 'src/search.py'),
          integration('aws_rekognition', 'face_identification', 'src/enrol.py'),
        ],
      },
      { useCase: { ...useCase, id: 'idle', title: '=HYPERLINK("http://x")' }, integrations: [] },
    ],
    undeclared: [
      integration('face_recognition', 'unspecified', 'requirements.txt', {
        service: 'self_hosted',
        certainty: 'potential',
      }),
    ],
    notRead: [{ path: 'data/huge.json', reason: 'too_large' }],
    problems: [],
  },
  { name: 'acme/empty', useCases: [], undeclared: [], notRead: [], problems: [] },
];

describe('the inventory', () => {
  it.each([
    ['inventory.txt', () => inventoryText(repositories)],
    ['inventory.md', () => inventoryMarkdown(repositories)],
    ['inventory.csv', () => inventoryCsv(repositories)],
    [
      'inventory.cdx.json',
      () => `${JSON.stringify(inventoryCycloneDx(repositories, '2026-11-22T00:00:00Z', '0.1.0'), undefined, 2)}\n`,
    ],
  ])('reads as %s', async (name, render) => {
    await expect(render()).toMatchFileSnapshot(`golden/${name}`);
  });

  it('gives no spreadsheet a formula', () => {
    expect(inventoryCsv(repositories)).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});

describe('CycloneDX', () => {
  const schema = (name: string) =>
    JSON.parse(readFileSync(new URL(`fixtures/${name}.schema.json`, import.meta.url), 'utf8'));
  const formats = { ...fullFormats, 'iri-reference': true as const, 'idn-email': true as const };
  const ajv = new Ajv({ strict: false, schemas: [schema('spdx'), schema('jsf-0.82')], formats });
  const validate = ajv.compile(schema('bom-1.6'));

  it('is valid by the official schema', () => {
    validate(inventoryCycloneDx(repositories, '2026-11-22T00:00:00Z', '0.1.0'));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is judged by a schema that can refuse', () => {
    expect(
      validate({ ...inventoryCycloneDx([], '2026-11-22T00:00:00Z', '0.1.0'), components: [{ type: 'nonsense' }] }),
    ).toBe(false);
  });

  it('has the same serial number for the same content', () => {
    const one = inventoryCycloneDx(repositories, '2026-11-22T00:00:00Z', '0.1.0');
    expect(inventoryCycloneDx(repositories, '2027-01-01T00:00:00Z', '0.1.0').serialNumber).toBe(one.serialNumber);
    expect(inventoryCycloneDx([], '2026-11-22T00:00:00Z', '0.1.0').serialNumber).not.toBe(one.serialNumber);
  });
});
