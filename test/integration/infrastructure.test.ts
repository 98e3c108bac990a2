import { describe, expect, it } from 'vitest';
import type { CatalogEntry, CatalogFile } from '../../src/integration/catalog-format.ts';
import { kebabCase } from '../../src/integration/idioms.ts';
import { CATALOG, scanText, told } from './scan-text.ts';

type Shown = { readonly provider: CatalogFile; readonly entry: CatalogEntry };
const ENTRIES: readonly Shown[] = CATALOG.providers.flatMap((provider) =>
  provider.entries.map((entry) => ({ provider, entry })),
);

/** Writes each of some things into one file and says which of them were not found. */
async function missedOf<T extends Shown>(
  path: string,
  items: readonly T[],
  write: (item: T) => string,
  file: (parts: string[]) => string,
) {
  const found = await scanText(path, file(items.map(write)));
  const shown = new Set(found.map((one) => `${one.provider} ${one.capability}`));
  const more = new Set(found.filter((one) => one.capability !== 'unspecified').map((one) => one.provider));
  return items
    .filter(({ provider, entry }) => {
      if (entry.capability === 'unspecified' && more.has(provider.provider)) return false;
      return !shown.has(`${provider.provider} ${entry.capability}`);
    })
    .map(write);
}

const resources = ENTRIES.flatMap(({ provider, entry }) =>
  entry.resources.flatMap(({ types, when }) =>
    types.map((type) => ({ provider, entry, type: type.replace('*', ':0.1.0'), when })),
  ),
);
type ResourceItem = (typeof resources)[number];
const property = ({ when }: ResourceItem, write: (key: string, value: string) => string) =>
  when === undefined ? '' : write(when.property, when.values?.[0] ?? 'x');
const terraform = resources.filter(({ type }) => /^(?:aws|azurerm)_\w+$/.test(type));
const cloudFormation = resources.filter(({ type }) => type.startsWith('AWS::'));
const arm = resources.filter(({ type }) => type.startsWith('Microsoft.'));

describe('every resource of the catalog', () => {
  it.each([
    [
      'main.tf',
      terraform,
      (r: ResourceItem) =>
        `resource "${r.type}" "x" {\n  name = "x"\n  ${property(r, (key, value) => `${key} = "${value}"`)}\n}`,
      (parts: string[]) => parts.join('\n'),
    ],
    [
      'main.tf.json',
      terraform,
      (r: ResourceItem) => `"${r.type}": {"x": {${property(r, (key, value) => `"${key}": "${value}"`)}}}`,
      (parts: string[]) => `{"resource": {${parts.join(',')}}}`,
    ],
    [
      'template.yaml',
      cloudFormation,
      (r: ResourceItem) =>
        `  R:\n    Type: ${r.type}\n    Properties:\n      Name: !Sub 'x'\n${property(r, (key, value) => `      ${key}: ${value}`)}`,
      (parts: string[]) => `Resources:\n${parts.join('\n')}`,
    ],
    [
      'template.json',
      cloudFormation,
      (r: ResourceItem) =>
        `"R": {"Type": "${r.type}", "Properties": {${property(r, (key, value) => `"${key}": "${value}"`)}}}`,
      (parts: string[]) => `{"Resources": {${parts.join(',')}}}`,
    ],
    [
      'azuredeploy.json',
      arm,
      (r: ResourceItem) =>
        `{"type": "${r.type}", "apiVersion": "2024-01-01", ${property(r, (key, value) => `"${key}": "${value}",`)} "name": "x"}`,
      (parts: string[]) => `{"resources": [${parts.join(',')}]}`,
    ],
    [
      'main.bicep',
      arm,
      (r: ResourceItem) =>
        `resource x '${r.type}@2024-01-01' = {\n  name: 'x'\n${property(r, (key, value) => `  ${key}: '${value}'`)}\n}`,
      (parts: string[]) => parts.join('\n'),
    ],
  ])('%s', async (path, items, write, file) => {
    expect(items.length).toBeGreaterThan(0);
    expect(await missedOf(path, items, write, file)).toEqual([]);
  });

  it.each([
    [
      'a parameter of ARM',
      'azuredeploy.json',
      `{"parameters": {"kind": {"defaultValue": "Face"}}, "resources": [{"type": "Microsoft.CognitiveServices/accounts", "kind": "[parameters('kind')]"}]}`,
    ],
    [
      'a variable of Terraform',
      'main.tf',
      'variable "k" {\n  default = "Face"\n}\nresource "azurerm_cognitive_account" "a" {\n  kind = var.k\n}',
    ],
    [
      'a parameter of Bicep',
      'main.bicep',
      "param k string = 'Face'\nresource a 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  kind: k\n}",
    ],
    [
      'a module of Bicep',
      'main.bicep',
      "module a 'br/public:avm/res/cognitive-services/account:0.5.4' = {\n  params: {\n    kind: 'Face'\n  }\n}",
    ],
    [
      'a module of Terraform',
      'main.tf',
      'module "a" {\n  source = "Azure/avm-res-cognitiveservices-account/azurerm"\n  kind   = "Face"\n}',
    ],
    [
      'a parameter of CloudFormation',
      'Pulumi.yaml',
      'resources:\n  a:\n    type: azure-native:cognitiveservices:Account\n    properties:\n      kind: Face',
    ],
  ])('follows %s', async (_, path, text) => {
    expect((await scanText(path, text)).map((one) => `${one.provider} ${one.capability}`)).toEqual([
      'azure_face unspecified',
    ]);
  });

  it.each([
    ['another kind', 'main.tf', 'resource "azurerm_cognitive_account" "a" {\n  kind = "SpeechServices"\n}'],
    ['a name', 'main.tf', 'resource "aws_s3_bucket" "rekognition" {\n  bucket = "my-rekognition-photos"\n}'],
    ['a list of kinds', 'main.bicep', "@allowed([\n  'Face'\n  'OpenAI'\n])\nparam kind string\n"],
    [
      'a language model',
      'azuredeploy.json',
      '{"resources": [{"type": "Microsoft.CognitiveServices/accounts", "kind": "OpenAI"}]}',
    ],
  ])('leaves %s', async (_, path, text) => {
    expect(told(await scanText(path, text))).toEqual([]);
  });
});

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
    ['cspell.json', '{"words": ["rekognition", "facerecognition", "deepface"]}', []],
    ['en.json', '{"title": "Face recognition", "help": "Uses DeepFace.verify and /face/v1.0 paths to identify"}', []],
    ['.env', 'OPENAI_API_KEY=x\nAZURE_OPENAI_ENDPOINT=https://x.openai.azure.com\n', []],
  ])('%s', async (path, text, wanted) => {
    expect(told(await scanText(path, text))).toEqual(wanted);
  });
});
