import { type DataNode, entriesOf, entryValue } from '../../data/data-node.ts';
import { readYaml } from '../../data/read-yaml.ts';
import type { Dependency } from '../../package-index.ts';
import { json, keyAsName, keysAsNames, manifest, namesInLines, namesInText } from './manifest.ts';

const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** `package.json`: what it asks for, never its own name or description. */
export const NPM_MANIFEST = manifest((text) => {
  const root = json(text);
  return keysAsNames('npm', ...SECTIONS.map((section) => entryValue(root, section)));
});

/** `package-lock.json` and `npm-shrinkwrap.json` of every version, `bun.lock`. */
export const NPM_LOCK = manifest((text) => {
  const root = json(text);
  const packages = entriesOf(entryValue(root, 'packages')).flatMap((entry) => {
    const name = entry.key.slice(entry.key.lastIndexOf('node_modules/') + 1).replace(/^ode_modules\//, '');
    return entry.key === '' ? [] : [keyAsName('npm', entry, name)];
  });
  return [...packages, ...nested(entryValue(root, 'dependencies'), 0)];
});

/** The old form: dependencies within dependencies. */
function nested(map: DataNode | undefined, depth: number): Dependency[] {
  return entriesOf(map).flatMap((entry) => [
    keyAsName('npm', entry, entry.key),
    ...(depth < 16 ? nested(entryValue(entry.value, 'dependencies'), depth + 1) : []),
  ]);
}

/** `yarn.lock`: `"@scope/name@^1.0.0", "@scope/name@^1.2.0":`. */
export const YARN_LOCK = manifest((text) => namesInLines('npm', text, /^"?(@?[^@\s"]{1,214})@/));

/** `pnpm-lock.yaml`: keys `/name/1.0.0`, `/name@1.0.0` and `name@1.0.0` of its packages, and what its importers ask for. */
export const PNPM_LOCK = manifest((text) => {
  const root = readYaml(text);
  const packages = entriesOf(entryValue(root, 'packages')).flatMap((entry) => {
    const name = /^\/?(@[^/@]+\/[^/@]+|[^/@]+)/.exec(entry.key)?.[1];
    return name === undefined ? [] : [keyAsName('npm', entry, name)];
  });
  const importers = entriesOf(entryValue(root, 'importers')).map((entry) => entry.value);
  return [
    ...[root, ...importers].flatMap((node) =>
      keysAsNames('npm', ...SECTIONS.map((section) => entryValue(node, section))),
    ),
    ...packages,
  ];
});

/** `deno.json`: imports of `npm:` names. */
export const DENO_MANIFEST = manifest((text) => namesInText('npm', text, /"npm:\/?(@[\w.-]+\/[\w.-]+|[\w.-]+)/g));
