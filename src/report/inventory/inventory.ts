import type { UseCase } from '../../declaration/use-case.ts';
import type { Problem } from '../../document/place.ts';
import type { FactState } from '../../facts/fact.ts';
import type { Integration } from '../../integration/integration.ts';

/** What one repository declares and contains. */
export interface RepositoryInventory {
  readonly name: string;
  readonly useCases: readonly { readonly useCase: UseCase; readonly integrations: readonly Integration[] }[];
  /** Integrations that no use case answers for. */
  readonly undeclared: readonly Integration[];
  readonly notRead: readonly { readonly path: string; readonly reason: string }[];
  readonly problems: readonly Problem[];
}

/** One line of the inventory: an integration under a use case, an undeclared one, or a use case without any. */
export interface InventoryRow {
  readonly repository: string;
  readonly useCase?: UseCase;
  readonly integration?: Integration;
}

/** Every integration under each use case that covers it, in the order of the repositories; undeclared ones last in each. */
export function inventoryRows(repositories: readonly RepositoryInventory[]): InventoryRow[] {
  return repositories.flatMap(({ name: repository, useCases, undeclared }) => [
    ...useCases.flatMap(({ useCase, integrations }) =>
      integrations.length === 0
        ? [{ repository, useCase }]
        : integrations.map((integration) => ({ repository, useCase, integration })),
    ),
    ...undeclared.map((integration) => ({ repository, integration })),
  ]);
}

/** A fact of a use case in a few words: `private_entity`, `US, CA`, `unknown`. */
export function factWords(useCase: UseCase | undefined, name: string): string {
  const state = useCase?.facts.get(name)?.state;
  return state === undefined ? 'unknown' : stateWords(state);
}

function stateWords(state: FactState): string {
  if (state.kind === 'number') return String(state.value);
  if (state.kind === 'one') return state.possible.join(' or ');
  const open = state.possible === 'any' ? ['…'] : state.possible.map((value) => `${value}?`);
  return [...state.includes, ...open].join(', ') || 'none';
}
