import { DEFAULT_CONFIGURATION } from '../../src/configuration/configuration-defaults.ts';
import { configurationJsonSchema } from '../../src/configuration/configuration-json-schema.ts';
import { CONFIGURATION_KEYS } from '../../src/configuration/configuration-keys.ts';
import { FINDING_KIND_SEVERITIES } from '../../src/configuration/severities.ts';
import { FINDING_KIND_MEANINGS } from './finding-kinds.ts';
import { page, table } from './page.ts';

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
}

const { declarations, packs, ignore, mode, approvers, comments } = DEFAULT_CONFIGURATION;

/** What holds where a key is left out, as it would be written. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  policies: 'all',
  declarations,
  packs,
  ignore,
  mode,
  approvers: approvers.map(({ roles }) => ({ roles })),
  'comments.review': comments.review,
  'comments.suggestions': comments.suggestions,
  'comments.expiry_issue': comments.expiryIssue,
};

/** Every key of the configuration, from its schema, and what a repository may do with it over the organisation's floor. */
export function configurationPage(): string {
  const keys = rowsOf('', configurationJsonSchema() as Described).map(([key = '', meaning = '']) => {
    const value = DEFAULTS[key];
    return [`\`${key}\``, meaning, value === undefined ? '' : `\`${written(value)}\``];
  });
  const floor = CONFIGURATION_KEYS.map(({ key, repositoryMay, because }) => [`\`${key}\``, repositoryMay, because]);
  const kinds = Object.entries(FINDING_KIND_SEVERITIES).map(([kind, severity]) => [
    `\`${kind}\``,
    FINDING_KIND_MEANINGS[kind as keyof typeof FINDING_KIND_SEVERITIES],
    severity,
  ]);
  return page(
    'Configuration: keys',
    'Every key of `.github/sightline.yml`, in a repository or in the `.github` repository of its organisation. What is left out keeps its default; a list of your own takes the place of the default one.',
    table(['Key', 'Meaning', 'Default'], keys),
    '## Kinds of findings',
    'Beside `<policy>` and `<policy>/<rule>`, `severity` and `applies` take the kinds of findings that no policy makes:',
    table(['Kind', 'Meaning', 'By default at most'], kinds),
    '## Over the floor of the organisation',
    'Where the organisation has a configuration, a repository can only make it stricter. What would loosen it is an error on the pull request that tries.',
    table(['Key', 'A repository may', 'Because'], floor),
  );
}

/** Each key below a schema with its description; those of the entries of a list as `key[].inner`. */
function rowsOf(above: string, { properties = {} }: Described): string[][] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const key = `${above}${name}`;
    const own = value.description === undefined ? [] : [[key, value.description]];
    const inner = [value, ...(value.anyOf ?? [])].flatMap((form) => [form.items, ...(form.items?.anyOf ?? [])]);
    return [...own, ...rowsOf(`${key}.`, value), ...inner.flatMap((item) => (item ? rowsOf(`${key}[].`, item) : []))];
  });
}

/** In one line, as YAML takes it. */
function written(value: unknown): string {
  return typeof value === 'string'
    ? value
    : JSON.stringify(value)
        .replaceAll(/"(\w+)":/g, '$1: ')
        .replaceAll('"', "'")
        .replaceAll("','", "', '");
}
