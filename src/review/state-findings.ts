import { compileGlobs } from '../document/glob.ts';
import type { Problem } from '../document/place.ts';
import { SERVICE_NAMES } from '../facts/services.ts';
import type { Integration } from '../integration/integration.ts';
import type { ChangedLines } from './changed-lines.ts';
import { documentFindings } from './document-findings.ts';
import type { Draft, DraftContext } from './draft.ts';
import { type JudgedUseCase, judgeUseCase } from './judge-use-case.ts';
import { policyLevel } from './levels.ts';
import { lintDescription } from './lint-description.ts';
import { matchUseCases } from './match-use-cases.ts';
import { policyFindings } from './policy-findings.ts';
import { readUseCases } from './read-use-cases.ts';
import type { RepositoryState } from './repository-state.ts';
import type { ReviewBasis } from './review-basis.ts';
import { undeclaredIntegration } from './undeclared-integration.ts';
import { unstatedFacts } from './unstated-facts.ts';

/** One commit, judged. */
export interface JudgedState {
  readonly useCases: readonly JudgedUseCase[];
  /** Integrations that no use case covers. */
  readonly uncovered: readonly Integration[];
  readonly problems: readonly Problem[];
}

/** Reads a state's declarations, matches its integrations to them, and applies the policies. Ignored paths are not looked at. */
export function judgeState(state: RepositoryState, { configuration, evaluate }: ReviewBasis): JudgedState {
  const isIgnored = compileGlobs(configuration.ignore);
  const { useCases, problems } = readUseCases(state, configuration);
  const integrations = [...state.scans.values()]
    .filter(({ path }) => !isIgnored(path))
    .flatMap((scan) => scan.integrations);
  const { covered, uncovered } = matchUseCases(useCases, integrations);
  const judged = covered.map(({ useCase, integrations: own }) => judgeUseCase(useCase, own, evaluate));
  return { useCases: judged, uncovered, problems };
}

/** Everything in a judged state that somebody must act on, as drafts. `changed` only decides at which of its places a finding is shown. */
export function stateFindings(
  state: RepositoryState,
  judged: JudgedState,
  basis: ReviewBasis,
  changed: ChangedLines,
): readonly Draft[] {
  const { configuration } = basis;
  const context: DraftContext = { configuration, changed, documents: state.documents };
  const unread = unreadOf(judged);
  return [
    ...documentFindings(withServicesAsked(judged, basis), 'invalid_document', context),
    ...judged.uncovered.map((integration) => undeclaredIntegration(integration, context, unread)),
    ...judged.useCases.flatMap((one) => useCaseFindings(one, context)),
  ];
}

/** A declaration with an error by which a use case was lost, whose cover nobody knows; where one was read beside its error, it is known. */
function unreadOf({ useCases, problems }: JudgedState): string | undefined {
  const isRead = ({ path, range }: Problem['place']) =>
    useCases.some(({ useCase: { place } }) => {
      const { startLine, endLine } = place.range;
      return place.path === path && startLine <= range.startLine && range.startLine <= endLine;
    });
  return problems.find(({ level, place }) => level === 'error' && !isRead(place))?.place.path;
}

function useCaseFindings({ useCase, integrations, results }: JudgedUseCase, context: DraftContext): readonly Draft[] {
  return [
    ...unstatedFacts(useCase, integrations, context),
    ...policyFindings(useCase, integrations, results, context),
    ...lintDescription(useCase, context),
  ];
}

/**
 * That a use case names no service is a remark. Where none shows in code either, and some service would have a policy stop it or ask, it
 * decides like any fact that nobody stated, and has to be mended.
 */
function withServicesAsked({ useCases, problems }: JudgedState, basis: ReviewBasis): readonly Problem[] {
  const asked = useCases.filter(({ services }) => services.length === 0).filter((one) => hangsOnServices(one, basis));
  const places = new Set(asked.map(({ useCase }) => useCase.places.get('id') ?? useCase.place));
  return problems.map((problem) => {
    const { code, place } = problem;
    const isAsked =
      code === 'SL-DECL-NO-SERVICES' &&
      [...places].some(({ path, range }) => path === place.path && range.startLine === place.range.startLine);
    return isAsked ? { ...problem, level: 'error' } : problem;
  });
}

function hangsOnServices({ useCase, results }: JudgedUseCase, { configuration, evaluate }: ReviewBasis): boolean {
  const judged = new Set(results.map(({ policy, rule }) => `${policy}/${rule}`));
  return evaluate({ services: SERVICE_NAMES, facts: useCase.facts })
    .filter(({ policy, rule, outcome }) => outcome !== 'not_covered' && !judged.has(`${policy}/${rule}`))
    .some((result) => ['block', 'ask'].includes(policyLevel(result, configuration.severity)));
}
