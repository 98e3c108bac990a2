import type { CodeFlow, Location, Result, ThreadFlowLocation } from 'sarif';
import { CONFIGURATION_PATH } from '../../configuration/configuration-path.ts';
import type { Place } from '../../document/place.ts';
import type { DecisiveFact, Finding } from '../../review/verdict.ts';
import { messageOf } from '../annotations.ts';
import { declarationPlace, headingOf, labelOf } from '../phrases.ts';
import { fileUri } from './file-uri.ts';
import { SARIF_LEVELS } from './sarif-rules.ts';
import { sarifText } from './sarif-text.ts';

/** Name of the partial fingerprint; its number rises when fingerprints are made of other things. */
const FINGERPRINT = 'sightlineFinding/v1';

/**
 * The only one by which GitHub tells alerts apart, beside rule and file:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#result-object
 */
const GITHUB_FINGERPRINT = 'primaryLocationLineHash';

/** Where a finding stands that stands in no file: GitHub rejects a whole SARIF file for one result without a location. */
const NOWHERE: Place = {
  path: CONFIGURATION_PATH,
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
};

/** One finding as a result. */
export function sarifResult(finding: Finding, ruleIndex: number): Result {
  const { place = NOWHERE, related, overridden, useCase, missingFacts, decisiveFacts } = finding;
  const flow = codeFlowOf(finding);
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: SARIF_LEVELS[finding.level],
    kind: 'fail',
    message: {
      text: sarifText(
        `${labelOf(finding)}: ${headingOf(finding)}. ${messageOf({ fingerprint: finding.fingerprint, first: finding, findings: [finding] })}`,
      ),
    },
    locations: [locationOf(place)],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, index) => ({ id: index + 1, ...locationOf(one) })),
    }),
    ...(flow !== undefined && { codeFlows: [flow] }),
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint, [GITHUB_FINGERPRINT]: finding.fingerprint },
    baselineState: finding.age === 'new' ? 'new' : 'unchanged',
    ...(overridden !== undefined && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: `${overridden.handle}: ${overridden.ground}, until ${overridden.until}`,
        },
      ],
    }),
    properties: {
      kind: finding.kind,
      level: finding.level,
      ...(useCase !== undefined && { useCase: useCase.id }),
      missingFacts: [...missingFacts],
      decisiveFacts: decisiveFacts.map(({ name, value }) => `${name}: ${value}`),
    },
  };
}

function locationOf(place: Place, message?: string): Location {
  const { startLine, startColumn, endLine, endColumn } = place.range;
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(place.path), uriBaseId: '%SRCROOT%' },
      region: { startLine, startColumn, endLine, endColumn },
    },
    ...(message !== undefined && { message: { text: sarifText(message) } }),
  };
}

/** From what is declared to what the code does: the places of the deciding facts, declarations first. */
function codeFlowOf(finding: Finding): CodeFlow | undefined {
  const { policy, decisiveFacts } = finding;
  const declaration = declarationPlace(finding);
  const declared =
    policy === undefined && declaration !== undefined
      ? [{ location: locationOf(declaration, `The declaration of ${finding.useCase?.id ?? 'the use case'}`) }]
      : stepsOf(decisiveFacts, 'declaration');
  const steps = [...declared, ...stepsOf(decisiveFacts, 'code')];
  if (steps.length < 2) return undefined;
  return { message: { text: 'From the declaration to the code' }, threadFlows: [{ locations: steps }] };
}

function stepsOf(facts: readonly DecisiveFact[], from: 'declaration' | 'code'): ThreadFlowLocation[] {
  return facts.flatMap(({ name, value, origins }) => {
    const place = origins.find(({ source }) => source === from)?.place;
    const how = from === 'code' ? 'The code shows' : 'The declaration states';
    return place === undefined ? [] : [{ location: locationOf(place, `${how} ${name}: ${value}`) }];
  });
}
