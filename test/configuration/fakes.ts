import type { KnownPolicy } from '../../src/configuration/known-policies.ts';
import { type ConfigurationLayer, readConfigurationLayer } from '../../src/configuration/read-layer.ts';
import { type ResolvedConfiguration, resolveConfiguration } from '../../src/configuration/resolve-configuration.ts';
import type { Severity } from '../../src/configuration/severities.ts';

export const ORGANISATION_PATH = 'acme/.github:.github/sightline.yml';
export const REPOSITORY_PATH = '.github/sightline.yml';

/** Two policies: one with rules that block and inform, one that only warns; questions with a strict answer each way and none. */
export const KNOWN: readonly KnownPolicy[] = [
  {
    id: 'code',
    series: 'vendor-code',
    versions: ['1.0', '2.0'],
    rules: new Map<string, Severity>([
      ['USPD', 'block'],
      ['5(1)(h)', 'inform'],
    ]),
    interpretations: new Map<string, boolean | undefined>([
      ['operator', true],
      ['exception', false],
      ['both', undefined],
    ]),
  },
  {
    id: 'act',
    series: 'law',
    versions: ['2024'],
    rules: new Map<string, Severity>([['A', 'warn']]),
    interpretations: new Map<string, boolean | undefined>([['operator', true]]),
  },
];

export function layer(path: string, text: string | undefined): ConfigurationLayer | undefined {
  return text === undefined ? undefined : readConfigurationLayer({ path, text });
}

/** Resolves two texts; a file that does not exist is undefined. */
export function resolve(
  organisationText: string | undefined,
  repositoryText: string | undefined,
): ResolvedConfiguration {
  const organisation = layer(ORGANISATION_PATH, organisationText);
  const repository = layer(REPOSITORY_PATH, repositoryText);
  return resolveConfiguration({ ...(organisation && { organisation }), ...(repository && { repository }) }, KNOWN);
}

/** Problems as `code line:column message`. */
export function shown({ problems }: ResolvedConfiguration): readonly string[] {
  return problems.map(
    ({ code, place: { range }, message }) => `${code} ${range.startLine}:${range.startColumn} ${message}`,
  );
}
