import { describe, expect, it } from 'vitest';
import type { Ecosystem } from '../../src/integration/catalog-format.ts';
import { MANIFESTS } from './manifests.ts';
import { CATALOG, scanText, told } from './scan-text.ts';

const packagesOf = (ecosystem: Ecosystem) =>
  CATALOG.providers.flatMap((provider) => {
    const all = [{ packages: provider.packages, capability: 'unspecified' }, ...provider.entries];
    return all.flatMap(({ packages, capability }) =>
      (packages[ecosystem] ?? []).map((name) => ({ name, provider: provider.provider, capability })),
    );
  });

describe('every package of the catalog in every manifest and lock file of its ecosystem', () => {
  it.each(MANIFESTS.map((manifest) => [manifest.path, manifest] as const))('%s', async (path, manifest) => {
    const wanted = packagesOf(manifest.ecosystem);
    const names = [...new Set(wanted.map((one) => one.name))];
    expect(names.length).toBeGreaterThan(0);
    const text = [manifest.head ?? '', ...names.map(manifest.line), manifest.foot ?? ''].join('\n');
    const found = await scanText(path, text);
    const shown = new Set(found.map((one) => `${one.provider} ${one.capability} ${one.certainty}`));
    const missed = wanted.filter(({ provider, capability }) => !shown.has(`${provider} ${capability} potential`));
    // A provider that shows more is not also reported as such.
    const more = new Set(found.filter((one) => one.capability !== 'unspecified').map((one) => one.provider));
    expect(missed.filter((one) => one.capability !== 'unspecified' || !more.has(one.provider))).toEqual([]);
    for (const one of found) expect(text.split('\n')[one.range.startLine - 1]).toContain(one.evidence.split('[')[0]);
  });
});

describe('what is no dependency', () => {
  it.each([
    [
      'package.json',
      '{"name": "@vladmandic/face-api", "description": "face-api.js", "dependencies": {"vision": "5", "@hapi/vision": "6", "openai": "4"}}',
    ],
    ['composer.json', '{"description": "AWS Rekognition", "require": {"aws/aws-sdk-php": "*"}}'],
    ['requirements.txt', '# deepface\nboto3\nopenai\nopencv-python\nclearview\nkairos\n'],
    ['pom.xml', '<project><artifactId>azure-ai-vision-face</artifactId><groupId>com.azure</groupId></project>'],
    [
      'build.gradle',
      "// implementation 'com.google.mlkit:face-detection:16'\nimplementation 'com.google.mlkit:language-id:17'",
    ],
    ['go.mod', 'module github.com/Kagami/go-face\nrequire github.com/aws/aws-sdk-go v1.0.0'],
    ['Gemfile', "gem 'aws-sdk'\n# gem 'aws-sdk-rekognition'"],
    ['Cargo.toml', '[package]\nname = "rustface"\n[dependencies]\nopencv = "1"'],
  ])('%s', async (path, text) => {
    expect(told(await scanText(path, text))).toEqual([]);
  });

  it('names a package once, where it first stands', async () => {
    expect(told(await scanText('requirements.txt', 'x\ndeepface\nDeepFace==1\n'))).toEqual([
      '2 deepface unspecified potential',
    ]);
  });
});
