import { expect, it } from 'vitest';
import { YamlFlowReader } from '../../src/integration/data/yaml-flow-reader.ts';

/** Each was once, or could be, a place at which a reader stands still. */
it.each([
  '[aws_rekognition\ncovers: [lobby/**]\nfacts: {}\n',
  '[a: b, : c, :]',
  '{: a, : b',
  '[[[{{{:::,,,]]]',
  '{a: [b: {c: ]}',
  "['a",
  '[!tag',
  '[&',
])('%j is read to its end', (source) => {
  const reader = new YamlFlowReader(source, 0);
  reader.value(0);
  expect(reader.at).toBeGreaterThan(0);
  expect(reader.at).toBeLessThanOrEqual(source.length);
});
