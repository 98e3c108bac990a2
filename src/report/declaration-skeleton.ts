import type { FindingGroup } from './group-findings.ts';
import { oneLine } from './neutralise.ts';

/**
 * The first lines of a declaration for integrations that have none: what the code shows, the rest for people to say. A path is quoted as JSON,
 * which YAML reads alike.
 */
export function declarationToBeginWith({ findings }: FindingGroup): string {
  const integrations = findings.flatMap(({ integration }) => integration ?? []);
  const unique = (values: readonly string[]) => [...new Set(values)];
  const services = unique(integrations.map(({ service }) => service));
  const capabilities = unique(
    integrations.map(({ capability }) => capability).filter((capability) => capability !== 'unspecified'),
  );
  const paths = unique(integrations.map(({ path }) => JSON.stringify(oneLine(path))));
  return [
    '# .github/ai-use-cases/NAME.yml',
    'id: NAME',
    'title: What it is for, in a few words',
    `services: [${services.join(', ')}]`,
    `covers: [${paths.join(', ')}]`,
    'facts:',
    `  capability: {includes: [${capabilities.join(', ')}], may_include: any} # all it can do`,
    '  operator: unknown # who runs it',
  ].join('\n');
}
