import type { UseCase } from '../declaration/use-case.ts';
import { compileGlobs } from '../document/glob.ts';
import type { Integration } from '../integration/integration.ts';

/** Which use cases answer for which integrations. */
export interface Matching {
  /** Every use case, in the order given, with the integrations that its `covers` reach. */
  readonly covered: readonly CoveredUseCase[];
  /** Integrations that no use case answers for. */
  readonly uncovered: readonly Integration[];
}

export interface CoveredUseCase {
  readonly useCase: UseCase;
  readonly integrations: readonly Integration[];
}

/**
 * Matches integrations to use cases by `covers`; one that several cover counts under each. What is only potential (a dependency, a bare
 * client, a wildcard permission) asks for no cover of its own where a use case names its service or a call to the same provider is seen:
 * it says nothing that they don't.
 */
export function matchUseCases(useCases: readonly UseCase[], integrations: readonly Integration[]): Matching {
  const covers = useCases.map((useCase) => ({ useCase, reaches: compileGlobs(useCase.covers) }));
  const covered = covers.map(({ useCase, reaches }) => ({
    useCase,
    integrations: integrations.filter(({ path }) => reaches(path)),
  }));
  const reached = new Set(covered.flatMap((one) => one.integrations));
  const services = new Set(useCases.flatMap(({ services }) => services));
  const providersSeen = new Set(integrations.filter(isSeen).map(({ provider }) => provider));
  const uncovered = integrations.filter(
    (integration) =>
      !reached.has(integration) &&
      (isSeen(integration) || !(services.has(integration.service) || providersSeen.has(integration.provider))),
  );
  return { covered, uncovered };
}

function isSeen({ certainty }: Integration): boolean {
  return certainty === 'seen';
}
