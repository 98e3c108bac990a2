import { describe, expect, it } from 'vitest';
import { ENTRIES, missedOf } from './catalog-entries.ts';
import { scanText, told } from './scan-text.ts';

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
