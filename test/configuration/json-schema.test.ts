import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { configurationJsonSchema } from '../../src/configuration/configuration-json-schema.ts';

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(configurationJsonSchema());

describe('the JSON Schema of the configuration', () => {
  it('is the published one (npm run schemas writes it)', async () => {
    await expect(`${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      '../../schemas/sightline.schema.json',
    );
  });

  it.each<[object, boolean]>([
    [{}, true],
    [{ policies: 'all', mode: 'advise', severity: { 'eu-ai-act/5(1)(h)': 'warn' } }, true],
    [{ policies: [{ id: 'x', version: '1' }], approvers: [{ teams: ['acme/a'] }] }, true],
    [{ policies: [] }, false],
    [{ mode: 'off' }, false],
    [{ severity: { x: 'ignore' } }, false],
    [{ approvers: [{ teams: ['@acme/a'] }] }, false],
    [{ stranger: true }, false],
  ])('says of %j: %s', (value, expected) => {
    expect(validate(value)).toBe(expected);
  });
});
