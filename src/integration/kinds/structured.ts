import { type DataNode, entriesOf, entryValue, textOf, walk } from '../data/data-node.ts';
import { readBicep } from '../data/read-bicep.ts';
import { readHcl } from '../data/read-hcl.ts';
import { readJson } from '../data/read-json.ts';
import { readProperties } from '../data/read-properties.ts';
import { readToml } from '../data/read-toml.ts';
import { readXml } from '../data/read-xml.ts';
import { readYaml } from '../data/read-yaml.ts';
import { type Resource, scanDataFile } from '../scan-data.ts';
import type { Found, KindScanner, ScanContext } from '../scan-kind.ts';
import { scanShell } from './shell.ts';

/** Settings and recorded data in one line are common; the readers are linear. */
const limits = { size: 5_000_000, line: 2_000_000 };

/** JSON: CloudFormation, ARM, IAM, Logic Apps, settings, Terraform's own JSON. */
export const JSON_FILE: KindScanner = {
  limits,
  // What is called JSON and is none (templates, lines of JSON) is read as far as it goes: YAML's flow collections are JSON's.
  scan: ({ text }, context) => scanTree(readJson(text) ?? readYaml(text), context),
};

/** YAML: CloudFormation, SAM, Serverless, Kubernetes, Helm, compose, workflows, Pulumi, settings. */
export const YAML_FILE: KindScanner = { limits, scan: ({ text }, context) => scanTree(readYaml(text), context) };

/** TOML that is no manifest: settings. */
export const TOML_FILE: KindScanner = { scan: ({ text }, context) => scanTree(readToml(text), context) };

/** XML that is no manifest: settings of .NET and Java, Android resources. */
export const XML_FILE: KindScanner = { limits, scan: ({ text }, context) => scanTree(readXml(text), context) };

/** `.env`, `.properties`, `.ini` and their kin. */
export const PROPERTIES_FILE: KindScanner = { scan: ({ text }, context) => scanTree(readProperties(text), context) };

/** Terraform, OpenTofu. */
export const HCL_FILE: KindScanner = { scan: ({ text }, context) => scanTree(readHcl(text), context) };

/** Bicep. */
export const BICEP_FILE: KindScanner = { scan: ({ text }, context) => scanTree(readBicep(text), context) };

function scanTree(root: DataNode, context: ScanContext): Found[] {
  const resources = [...typedResources(root), ...terraformResources(root)];
  return [...scanDataFile({ root, resources, variables: variablesOf(root) }, context), ...scripts(root, context)];
}

/** Maps with a `type`: CloudFormation (`Type`), ARM and Bicep, Pulumi. */
function typedResources(root: DataNode): Resource[] {
  return [...walk(root)].flatMap(({ node }) => {
    if (node.kind !== 'map') return [];
    const type = node.entries.find((entry) => /^type$/i.test(entry.key))?.value;
    return type?.kind === 'text' && /[/:.]/.test(type.text)
      ? [{ type, name: moduleName(type.text.split('@')[0] ?? type.text), body: node }]
      : [];
  });
}

/** `resource "type" "name" {…}`, and modules by their source. */
function terraformResources(root: DataNode): Resource[] {
  const blocks = (key: string) =>
    entriesOf(root)
      .filter((entry) => entry.key === key)
      .flatMap((entry) => entriesOf(entry.value));
  const resources = blocks('resource').map(({ key, keyStart, keyEnd, value }): Resource => {
    return { type: { kind: 'text', start: keyStart, end: keyEnd, text: key }, name: key, body: value };
  });
  const modules = blocks('module').flatMap(({ value }): Resource[] => {
    const source = entryValue(value, 'source');
    return source?.kind === 'text' ? [{ type: source, name: moduleName(source.text), body: value }] : [];
  });
  return [...resources, ...modules];
}

/** A module by its source; one of the repository's own is only called that. */
function moduleName(source: string): string {
  return /^\.{1,2}\//.test(source) ? 'module' : source;
}

/** Parameters and variables with the value that they have by default, by name in lower case. */
function variablesOf(root: DataNode): Map<string, string> {
  const variables = new Map<string, string>();
  const sections = ['parameters', 'Parameters', 'variables', 'variable', 'locals', 'Mappings'];
  for (const section of entriesOf(root).filter((entry) => sections.includes(entry.key))) {
    for (const { key, value } of entriesOf(section.value)) {
      const given = [
        value,
        entryValue(value, 'defaultValue'),
        entryValue(value, 'Default'),
        entryValue(value, 'default'),
      ];
      const text = given.map(textOf).find((one) => one !== undefined);
      if (text !== undefined) variables.set(key.toLowerCase(), text);
    }
  }
  return variables;
}

/** Keys under which shell code stands: workflows, compose, Kubernetes, Terraform's `local-exec`, npm's scripts. */
const SCRIPT_KEY =
  /^(?:run|script|scripts|command|commands|args|before_script|after_script|entrypoint|inline|postCreateCommand|onCreateCommand|install|build|user_data|UserData|bash|pwsh)$/i;

/** A script says so itself: the user data of a machine. */
const SHEBANG = /^\s*#!\S*\/(?:env )?(?:ba|z|k)?sh\b/;

function scripts(root: DataNode, context: ScanContext): Found[] {
  return [...walk(root)].flatMap(({ node, entry, ancestors }) => {
    if (node.kind !== 'text' || node.text.length < 3) return [];
    const key = entry?.key ?? keyAbove(node, ancestors);
    if (!SCRIPT_KEY.test(key) && !SHEBANG.test(node.text)) return [];
    if (node.end - node.start !== node.text.length) return [];
    return scanShell(node.text, node.start, context);
  });
}

/** The key whose list an item stands in. */
function keyAbove(node: DataNode, ancestors: readonly DataNode[]): string {
  const list = ancestors.at(-1);
  const map = ancestors.at(-2);
  return entriesOf(map).find((entry) => entry.value === list && node !== list)?.key ?? '';
}
