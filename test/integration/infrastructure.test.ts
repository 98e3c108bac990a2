import { describe, expect, it } from 'vitest';
import { kebabCase } from '../../src/integration/idioms.ts';
import { ENTRIES, missedOf } from './catalog-entries.ts';
import { scanText, told } from './scan-text.ts';

const images = ENTRIES.flatMap(({ provider, entry }) =>
  entry.images.map((image) => ({ provider, entry, image: image.replace('*', '-x') })),
);

describe('every container image of the catalog', () => {
  it.each([
    [
      'compose.yaml',
      (i: { image: string }) => `  s:\n    image: "${i.image}:1.0"`,
      (parts: string[]) => `services:\n${parts.join('\n')}`,
    ],
    [
      'deployment.yaml',
      (i: { image: string }) => `        - name: s\n          image: ${i.image}@sha256:00`,
      (parts: string[]) => `kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n${parts.join('\n')}`,
    ],
    [
      'values.yaml',
      (i: { image: string }) => `s${i.image.length}:\n  image:\n    repository: ${i.image}\n    tag: x`,
      (parts: string[]) => parts.join('\n'),
    ],
    ['Dockerfile', (i: { image: string }) => `FROM ${i.image}:latest AS s`, (parts: string[]) => parts.join('\n')],
    [
      'task.json',
      (i: { image: string }) => `{"image": "${i.image}"}`,
      (parts: string[]) => `{"containerDefinitions": [${parts.join(',')}]}`,
    ],
  ])('%s', async (path, write, file) => {
    expect(await missedOf(path, images, write, file)).toEqual([]);
  });
});

const actions = ENTRIES.flatMap(({ provider, entry }) =>
  provider.aws === undefined
    ? []
    : entry.apis.map((api) => ({ provider, entry, action: `${provider.aws?.iam}:${api}` })),
);

describe('every operation of AWS as a permission', () => {
  it.each([
    [
      'policy.json',
      (a: { action: string }) => `"${a.action}"`,
      (parts: string[]) => `{"Statement": [{"Effect": "Allow", "Action": [${parts.join(',\n')}]}]}`,
    ],
    [
      'template.yml',
      (a: { action: string }) => `              - ${a.action}`,
      (parts: string[]) =>
        `Resources:\n  R:\n    Properties:\n      Policies:\n        - Statement:\n            Action:\n${parts.join('\n')}`,
    ],
    [
      'serverless.yml',
      (a: { action: string }) => `        - "${a.action}"`,
      (parts: string[]) => `provider:\n  iamRoleStatements:\n    - Effect: Allow\n      Action:\n${parts.join('\n')}`,
    ],
    [
      'iam.tf',
      (a: { action: string }) => `"${a.action}",`,
      (parts: string[]) =>
        `data "aws_iam_policy_document" "a" {\n  statement {\n    actions = [\n${parts.join('\n')}\n    ]\n  }\n}`,
    ],
    [
      'heredoc.tf',
      (a: { action: string }) => `      "${a.action}",`,
      (parts: string[]) =>
        `resource "aws_iam_policy" "a" {\n  policy = <<EOF\n{\n  "Statement": [{"Effect": "Allow", "Action": [\n${parts.join('\n')}\n  ]}]\n}\nEOF\n}`,
    ],
    [
      'jsonencode.tf',
      (a: { action: string }) => `"${a.action}",`,
      (parts: string[]) =>
        `resource "aws_iam_policy" "a" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = [\n${parts.join('\n')}\n] }] })\n}`,
    ],
  ])('%s', async (path, write, file) => {
    expect(await missedOf(path, actions, write, file)).toEqual([]);
  });

  it('knows wildcards and managed policies, and that a region or a bucket is none', async () => {
    const policy = '{"Statement": [{"Action": "rekognition:Detect*", "Resource": "*"}]}';
    expect(told(await scanText('policy.json', policy))).toEqual(['1 aws_rekognition unspecified potential']);
    const managed =
      'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = "arn:aws:iam::aws:policy/AmazonRekognitionFullAccess"\n}';
    expect(told(await scanText('a.tf', managed))).toEqual(['2 aws_rekognition unspecified potential']);
    expect(told(await scanText('a.json', '{"services": ["rekognition", "s3"], "bucket": "rekognition-x"}'))).toEqual(
      [],
    );
  });
});

describe('every command line', () => {
  const commands = ENTRIES.flatMap(({ provider, entry }) =>
    entry.commands.map((command) => ({ provider, entry, command })),
  );
  const operations = ENTRIES.flatMap(({ provider, entry }) =>
    provider.aws === undefined
      ? []
      : entry.apis.map((api) => ({
          provider,
          entry,
          command: `aws --region us-east-1 ${provider.aws?.cli} ${kebabCase(api)} --image "x"`,
        })),
  );
  const all = [...commands, ...operations];

  it.each([
    [
      'run.sh',
      (c: { command: string }) => `RESULT=$(${c.command} --flag "$X" | jq .)`,
      (parts: string[]) => `#!/bin/bash\n${parts.join('\n')}`,
    ],
    [
      'Makefile',
      (c: { command: string }) => `\t@${c.command} ; echo done`,
      (parts: string[]) => `all:\n${parts.join('\n')}`,
    ],
    [
      'Dockerfile',
      (c: { command: string }) => `RUN set -e && \\\n    ${c.command}`,
      (parts: string[]) => `FROM x\n${parts.join('\n')}`,
    ],
    [
      '.gitlab-ci.yml',
      (c: { command: string }) => `    - ${c.command}`,
      (parts: string[]) => `job:\n  script:\n${parts.join('\n')}`,
    ],
  ])('%s', async (path, write, file) => {
    expect(await missedOf(path, all, write, file)).toEqual([]);
  });

  it('reads options, addresses, and not what is only said', async () => {
    const shell = [
      '# aws rekognition search-faces-by-image',
      'echo "aws rekognition detect-faces"',
      'aws rekognition detect-faces --image "$I" \\',
      '  --attributes "ALL"',
      'aws rekognition compare-faces --similarity-threshold 90 --source-image x',
      'curl -X POST "$E/face/v1.0/identify" -H "Ocp-Apim-Subscription-Key: $K"',
    ].join('\n');
    const found = await scanText('run.sh', shell);
    expect(told(found)).toEqual([
      '3 aws_rekognition face_attributes seen',
      '3 aws_rekognition face_detection seen',
      '5 aws_rekognition face_verification seen',
      '6 azure_face face_identification seen',
    ]);
    expect(found.find((one) => one.capability === 'face_verification')?.facts).toEqual({ similarity_threshold: 0.9 });
  });
});

describe('configuration', () => {
  it.each([
    [
      '.env.example',
      'AZURE_FACE_ENDPOINT=https://x.cognitiveservices.azure.com\n',
      ['1 azure_face unspecified potential'],
    ],
    [
      'appsettings.json',
      '{"Face": {"Url": "https://x.cognitiveservices.azure.com/face/v1.0/verify"}}',
      ['1 azure_face face_verification seen'],
    ],
    [
      'application.yml',
      'plates:\n  url: https://api.platerecognizer.com/v1/plate-reader/\n',
      ['2 platerecognizer license_plate_recognition seen'],
    ],
    ['config.toml', '[kairos]\nurl = "https://api.kairos.com/recognize"\n', ['2 kairos face_identification seen']],
    ['a.properties', 'vision.host = vision.googleapis.com\n', ['1 google_vision unspecified potential']],
    [
      'compose.yml',
      'services:\n  a:\n    environment:\n      - AZURE_FACE_KEY=x\n',
      ['4 azure_face unspecified potential'],
    ],
    [
      'docker-compose.yml',
      `services:\n  core:\n    image: \${registry}compreface-core:\${CORE_VERSION}\n`,
      ['3 compreface unspecified potential'],
    ],
    ['cspell.json', '{"words": ["rekognition", "facerecognition", "deepface"]}', []],
    ['en.json', '{"title": "Face recognition", "help": "Uses DeepFace.verify and /face/v1.0 paths to identify"}', []],
    ['.env', 'OPENAI_API_KEY=x\nAZURE_OPENAI_ENDPOINT=https://x.openai.azure.com\n', []],
  ])('%s', async (path, text, wanted) => {
    expect(told(await scanText(path, text))).toEqual(wanted);
  });
});
