import { describe, expect, it } from 'vitest';
import type { Integration } from '../../../src/integration/integration.ts';
import { draftDeclaration } from '../../../src/report/draft/draft-declaration.ts';
import { groupIntegrations } from '../../../src/report/draft/group-integrations.ts';

function integration(path: string, changes: Partial<Integration> = {}): Integration {
  const range = { startLine: 3, startColumn: 1, endLine: 3, endColumn: 2 };
  return {
    path,
    provider: 'aws_rekognition',
    service: 'aws_rekognition',
    capability: 'face_identification',
    certainty: 'seen',
    facts: {},
    range,
    evidence: '',
    entry: '',
    ...changes,
  };
}

describe('groups of integrations', () => {
  it.each([
    [
      ['services/gate/a.py', 'services/gate/deep/b.py', 'services/door/c.py'],
      [
        ['door', ['services/door/**']],
        ['gate', ['services/gate/**']],
      ],
    ],
    [['main.py', 'other.py'], [['badge-kiosk', ['main.py', 'other.py']]]],
    [
      ['web/a.ts', 'src/web/b.ts'],
      [
        ['web', ['src/web/**']],
        ['web-2', ['web/**']],
      ],
    ],
    [['src/only.ts'], [['badge-kiosk', ['src/**']]]],
    [
      ['src/main/java/org/acme/Door.java', 'app/door.py'],
      [
        ['badge-kiosk', ['app/**']],
        ['badge-kiosk-2', ['src/main/**']],
      ],
    ],
    [['Füße [x]/a.ts'], [['f-e-x', ['Füße ?x?/**']]]],
  ])('%j', (paths, expected) => {
    expect(
      groupIntegrations(
        paths.map((path) => integration(path)),
        [],
        'Badge.Kiosk',
      ).map(({ id, covers }) => [id, covers]),
    ).toEqual(expected);
  });

  it('keeps clear of ids that are taken', () => {
    expect(groupIntegrations([integration('gate/a.py')], ['gate', 'gate-2'], 'doors')[0]?.id).toBe('gate-3');
  });
});

it('drafts a declaration that asks for what only people know', async () => {
  const [group] = groupIntegrations(
    [
      integration('services/gate/a.py', { facts: { latency: ['real_time'], similarity_threshold: 0.8 } }),
      integration('services/gate/b.py', {
        capability: 'face_attributes',
        facts: { attribute_inferred: ['emotion', 'gender'] },
      }),
      integration('services/gate/requirements.txt', {
        capability: 'unspecified',
        certainty: 'potential',
        service: 'self_hosted',
      }),
    ],
    [],
    'doors',
  );
  if (group === undefined) throw new Error('no group');
  const draft = draftDeclaration(group, {
    questions: ['operator', 'beneficiary', 'latency', 'individual_consent', 'capability', 'interpretation:operator'],
    owners: ['@acme/gates'],
    schema: 'https://example.org/declaration.schema.json',
  });
  await expect(draft).toMatchFileSnapshot('golden/draft.yml');
});
