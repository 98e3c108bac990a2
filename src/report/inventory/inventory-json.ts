import type { Integration } from '../../integration/integration.ts';
import { factWords, type RepositoryInventory } from './inventory.ts';

/** The inventory as JSON: an array of repositories, names in snake_case as in every JSON of the command line. */
export function inventoryJson(repositories: readonly RepositoryInventory[]): string {
  return `${JSON.stringify(repositories.map(repositoryJson), undefined, 2)}\n`;
}

function repositoryJson({ name, useCases, undeclared, notRead, problems }: RepositoryInventory) {
  return {
    repository: name,
    use_cases: useCases.map(({ useCase, integrations }) => ({
      id: useCase.id,
      title: useCase.title,
      owners: useCase.owners,
      services: useCase.services,
      covers: useCase.covers,
      facts: Object.fromEntries([...useCase.facts.keys()].map((fact) => [fact, factWords(useCase, fact)])),
      path: useCase.place.path,
      line: useCase.place.range.startLine,
      integrations: integrations.map(integrationJson),
    })),
    undeclared: undeclared.map(integrationJson),
    not_read: notRead,
    problems: problems.length,
  };
}

function integrationJson({ path, provider, service, capability, certainty, facts, range }: Integration) {
  return { path, line: range.startLine, provider, service, capability, certainty, facts };
}
