import { type DataNode, entriesOf, entryValue, walk } from '../../data/data-node.ts';
import { readXml } from '../../data/read-xml.ts';
import type { Dependency } from '../../package-index.ts';
import { json, keysAsNames, manifest, namesInLines, textAsName } from './manifest.ts';

/** Elements of project files, with the attributes that name a package. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  PackageReference: ['@Include', '@Update'],
  PackageVersion: ['@Include'],
  GlobalPackageReference: ['@Include'],
  Reference: ['@Include'],
  package: ['@id'],
  dependency: ['@id'],
};

/** A library of Maven's that an app for Android takes in by its name, or as a file out of Gradle's cache. */
const MAVEN_ELEMENTS = /^Android(?:Maven)?Library$/;
const GRADLE_CACHE = /[\\/]files-2\.1[\\/]([\w.-]{1,100})[\\/]([\w.-]{1,100})[\\/]/;

/** `*.csproj` and its kin, `Directory.Packages.props`, `packages.config`, `*.nuspec`. */
export const DOTNET_PROJECT = manifest((text) => projectNames(readXml(text)));

function projectNames(root: DataNode): Dependency[] {
  return [...walk(root)].flatMap(({ entry, node }) => {
    const attributes = entry !== undefined && Object.hasOwn(NAMING, entry.key) ? (NAMING[entry.key] ?? []) : [];
    const name = attributes.map((attribute) => entryValue(node, attribute)).find((value) => value !== undefined);
    // `Reference` names an assembly, with its version behind a comma.
    if (name?.kind === 'text') return textAsName('nuget', name, name.text.split(',')[0]);
    return entry !== undefined && MAVEN_ELEMENTS.test(entry.key) ? mavenName(entryValue(node, '@Include')) : [];
  });
}

function mavenName(include: DataNode | undefined): Dependency[] {
  if (include?.kind !== 'text') return [];
  const cached = GRADLE_CACHE.exec(include.text);
  return textAsName('maven', include, cached === null ? include.text : `${cached[1]}:${cached[2]}`);
}

/** `packages.lock.json`: by target framework. */
export const NUGET_LOCK = manifest((text) => {
  const frameworks = entriesOf(entryValue(json(text), 'dependencies'));
  return keysAsNames('nuget', ...frameworks.map((entry) => entry.value));
});

/** `paket.dependencies`, `paket.references`, `paket.lock`. */
export const PAKET = manifest((text) => [
  ...namesInLines('nuget', text, /^\s*nuget\s+([\w.-]+)/),
  ...namesInLines('nuget', text, /^ {4}([\w.-]+) \(/),
  ...namesInLines('nuget', text, /^([\w.-]+)\s*$/),
]);
