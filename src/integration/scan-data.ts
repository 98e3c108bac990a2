import type { CatalogEntry, CatalogFile } from './catalog-format.ts';
import { normalise } from './chain.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import { type DataNode, type DataText, entriesOf, textOf, walk } from './data/data-node.ts';
import { dataStrings } from './data-strings.ts';
import type { Found, ScanContext } from './scan-kind.ts';
import type { Literal } from './source-view.ts';
import type { Span } from './span.ts';

/** An infrastructure resource: where its type is written, the type without version, and what is said of it. */
export interface Resource {
  readonly type: DataText;
  readonly name: string;
  readonly body: DataNode;
}

/** What a data file consists of, once its form is understood. */
export interface DataFile {
  readonly root: DataNode;
  readonly resources: readonly Resource[];
  /** What a reference in the file stands for: parameters and variables with their defaults, by name in lower case. */
  readonly variables: ReadonlyMap<string, string>;
}

/** What a data file shows: resources, container images, environment variables, and whatever strings and keys show anywhere. */
export function scanDataFile({ root, resources, variables }: DataFile, context: ScanContext): Found[] {
  const { catalog } = context;
  const data = dataStrings(root);
  const images = data.pairs.filter((pair) => /^image(?:[-_]?(?:name|uri|url))?$|repository$/i.test(pair.key));
  return [
    ...resources.flatMap((resource) => resourceFindings(resource, catalog, variables)),
    ...images.flatMap(({ value }) =>
      imageFindings(
        data.strings.find((text) => text.start === value.start),
        catalog,
      ),
    ),
    ...variableFindings(data.variables, catalog),
    ...withoutTables(
      context.scanData([...data.strings, ...data.variables], isDescription(root) ? [] : data.pairs),
      data.strings,
    ),
  ];
}

/** The description of an interface has examples of messages, and sends none. */
function isDescription(root: DataNode): boolean {
  return entriesOf(root).some(({ key }) => key === 'openapi' || key === 'swagger');
}

const CLOUD_HOST = /^(?:https?:\/\/)?([\w*.-]+)\.(?:googleapis|amazonaws|azure)\.com\b/i;
/** A file that names the addresses of more services of a cloud is a list of what there is. */
const MAX_SERVICES = 12;

/** Leaves out what only an address shows, in a list of the services of a cloud. */
export function withoutTables(found: readonly Found[], strings: readonly Literal[]): Found[] {
  const services = new Set(strings.flatMap((text) => CLOUD_HOST.exec(text.value.slice(0, 200))?.[1] ?? []));
  return services.size > MAX_SERVICES ? found.filter((item) => item.bare !== true) : [...found];
}

/** Only the provider shows. */
function providerFound({ start, end }: Span, provider: CatalogFile, entry: string): Found {
  return {
    start,
    end,
    entry,
    provider: provider.provider,
    capability: 'unspecified',
    certainty: 'potential',
    facts: {},
    bare: true,
  };
}

/** An entry of the catalog at a place. */
function entryFound(span: Span, provider: CatalogFile, entry: CatalogEntry, name: string): Found {
  const { capability, facts = {}, certainty = 'seen' } = entry;
  if (capability === 'unspecified') return providerFound(span, provider, name);
  return { start: span.start, end: span.end, provider: provider.provider, capability, certainty, facts, entry: name };
}

function resourceFindings(
  resource: Resource,
  catalog: CompiledCatalog,
  variables: ReadonlyMap<string, string>,
): Found[] {
  return catalog.providers.flatMap((provider) =>
    provider.entries.flatMap((entry) => {
      const isShown = entry.resources.some(({ types, when }) => {
        if (!types.some((type) => fitsName(type, resource.name))) return false;
        return when === undefined || hasProperty(resource.body, when.property, when.values, variables);
      });
      return isShown ? [entryFound(resource.type, provider, entry, entry.id ?? resource.name)] : [];
    }),
  );
}

function fitsName(pattern: string, name: string): boolean {
  const [want, have] = [pattern.toLowerCase(), name.toLowerCase()];
  return want.endsWith('*') ? have.startsWith(want.slice(0, -1)) : have === want;
}

/** Whether a property stands anywhere below a node, with one of the values (references followed one step). */
function hasProperty(
  body: DataNode,
  property: string,
  values: readonly string[] | undefined,
  variables: ReadonlyMap<string, string>,
): boolean {
  for (const { entry, node } of walk(body)) {
    if (entry === undefined || normalise(entry.key) !== normalise(property)) continue;
    if (values === undefined) return true;
    const texts = [...walk(node)].flatMap((visit) => textOf(visit.node) ?? []);
    const meant = texts.flatMap((text) => [text, variables.get(referenceName(text)) ?? '']);
    if (meant.some((text) => values.some((value) => value.toLowerCase() === text.toLowerCase()))) return true;
  }
  return false;
}

/** `[parameters('kind')]`, `var.kind`, `!Ref Kind`, `${kind}`, `kind`: the name that is referred to. */
function referenceName(text: string): string {
  return (/(\w{1,100})\W{0,10}$/.exec(text.slice(-120))?.[1] ?? '').toLowerCase();
}

/** A registry that is set elsewhere, in front of an image: `${registry}name`, `{{ .Values.registry }}/name`. */
const TEMPLATED_REGISTRY = /^(?:\$\{[^{}]{0,100}\}|\{\{[^{}]{0,100}\}\})\/?/;

/** What a container image shows: `registry/path/name:tag@digest`, as its registry calls it and without. */
export function imageFindings(image: Literal | undefined, catalog: CompiledCatalog): Found[] {
  const name = (image?.value ?? '')
    .trim()
    .toLowerCase()
    .replace(TEMPLATED_REGISTRY, '')
    .replace(/@sha256.*$|:[^/]*$/, '')
    .replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '');
  if (image === undefined || name === '' || name.length > 300) return [];
  const names = [name, name.split('/').slice(1).join('/')];
  return catalog.providers.flatMap((provider) =>
    provider.entries.flatMap((entry) =>
      entry.images.some((pattern) => names.some((one) => fitsName(pattern, one)))
        ? [entryFound(image, provider, entry, entry.id ?? name)]
        : [],
    ),
  );
}

/** Variables by which a provider is configured: it is there, what is done with it does not show. Of language models this says nothing. */
export function variableFindings(variables: readonly Literal[], catalog: CompiledCatalog): Found[] {
  return variables.flatMap((variable) => {
    const providers = (catalog.environment.get(variable.value) ?? []).filter((one) => one.multimodal === undefined);
    return [
      ...providers.map((provider) => providerFound(variable, provider, variable.value)),
      ...catalog.providers.flatMap((provider) =>
        provider.entries
          .filter((entry) => entry.environment.includes(variable.value))
          .map((entry) =>
            entryFound(variable, provider, { ...entry, certainty: 'potential' }, entry.id ?? variable.value),
          ),
      ),
    ];
  });
}
