import { configurationJsonSchema } from '../../src/configuration/configuration-json-schema.ts';
import { CONFIGURATION_KEYS } from '../../src/configuration/configuration-keys.ts';
import { page, table } from './page.ts';

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

/** Every key of the configuration, from its schema, and what a repository may do with it over the organisation's floor. */
export function configurationPage(): string {
  const keys = Object.entries((configurationJsonSchema() as Described).properties ?? {}).flatMap(
    ([key, { description, properties }]) =>
      properties === undefined
        ? [[`\`${key}\``, description ?? '']]
        : Object.entries(properties).map(([inner, value]) => [`\`${key}.${inner}\``, value.description ?? '']),
  );
  const floor = CONFIGURATION_KEYS.map(({ key, repositoryMay, because }) => [`\`${key}\``, repositoryMay, because]);
  return page(
    'Configuration: keys',
    'Every key of `.github/sightline.yml`, in a repository or in the `.github` repository of its organisation.',
    table(['Key', 'Meaning'], keys),
    '## Over the floor of the organisation',
    'Where the organisation has a configuration, a repository can only make it stricter. What would loosen it is an error on the pull request that tries.',
    table(['Key', 'A repository may', 'Because'], floor),
  );
}
