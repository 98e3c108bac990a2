import type { Integration } from '../../integration/integration.ts';
import { blocks, code, heading, inline, type Markdown, md, table, text } from '../markdown.ts';
import { visible } from '../neutralise.ts';
import { factWords, inventoryRows, type RepositoryInventory } from './inventory.ts';

/** The inventory for a terminal. */
export function inventoryText(repositories: readonly RepositoryInventory[]): string {
  return repositories.map(repositoryText).join('\n');
}

function repositoryText({ name, useCases, undeclared, notRead, problems }: RepositoryInventory): string {
  const lines = [visible(name), ''];
  for (const { useCase, integrations } of useCases) {
    lines.push(`  ${visible(useCase.id)}: ${visible(useCase.title)}`);
    lines.push(
      `    operator ${factWords(useCase, 'operator')}; capability ${factWords(useCase, 'capability')}; services ${useCase.services.join(', ')}`,
    );
    lines.push(
      ...(integrations.length === 0 ? ['    no integration found in the code that it covers'] : grouped(integrations)),
      '',
    );
  }
  if (undeclared.length > 0) lines.push('  Declared by no use case:', ...grouped(undeclared), '');
  if (useCases.length + undeclared.length === 0) lines.push('  no use case, no integration', '');
  if (notRead.length > 0)
    lines.push(
      `  Not read (${notRead.length}):`,
      ...notRead.map(({ path, reason }) => `    ${visible(path)} (${reason})`),
      '',
    );
  if (problems.length > 0)
    lines.push(`  Problems in declarations: ${problems.length}; 'sightline check' shows them.`, '');
  return lines.join('\n');
}

/** One line a provider and capability, with its places. */
function grouped(integrations: readonly Integration[]): string[] {
  return [...byProvider(integrations)].map(
    ([name, places]) =>
      `    ${name.padEnd(44)} ${places.slice(0, 3).join(', ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}`,
  );
}

function byProvider(integrations: readonly Integration[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { provider, capability, certainty, path, range } of integrations) {
    const name = `${provider} ${capability}${certainty === 'potential' ? ' (potential)' : ''}`;
    groups.set(name, [...(groups.get(name) ?? []), `${visible(path)}:${range.startLine}`]);
  }
  return groups;
}

/** The inventory as Markdown, one table a repository. */
export function inventoryMarkdown(repositories: readonly RepositoryInventory[]): string {
  const parts = repositories.map((repository) => blocks(heading(2, repository.name), repositoryTable(repository)));
  return `${blocks(...parts)}\n`;
}

function repositoryTable(repository: RepositoryInventory): Markdown {
  const rows = inventoryRows([repository]).map(({ useCase, integration }) => [
    useCase === undefined ? '–' : inline([code(useCase.id), text(useCase.title)], ' '),
    useCase === undefined ? '–' : code(factWords(useCase, 'operator')),
    integration === undefined ? '–' : code(integration.provider),
    code(integration?.capability ?? factWords(useCase, 'capability')),
    integration === undefined ? '–' : code(`${integration.path}:${integration.range.startLine}`),
  ]);
  if (rows.length === 0) return md`No use case, no integration.`;
  return table(['Use case', 'Operator', 'Provider', 'Capability', 'Place'], rows);
}
