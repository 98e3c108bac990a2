import type { Integration } from '../integration/integration.ts';
import { type Draft, type DraftContext, ownTerms } from './draft.ts';
import { normaliseContext } from './fingerprint.ts';
import { ownLevel } from './levels.ts';
import { capabilityName } from './names.ts';
import { providerOf } from './providers.ts';
import type { DecisiveFact } from './verdict.ts';
import { weightOfIntegration } from './weights.ts';

const KIND = 'undeclared_integration';

/**
 * A finding for an integration that no use case covers; its level follows what the code shows. `unread`: a declaration that cannot be read and
 * may cover it; then it only asks.
 */
export function undeclaredIntegration(
  integration: Integration,
  { configuration }: DraftContext,
  unread?: string,
): Draft {
  const { path, range, provider, capability, evidence } = integration;
  const weight = ownLevel(KIND, weightOfIntegration(integration), configuration.severity);
  const doubt = unread === undefined ? '' : ` One that cannot be read may do so: ${unread}.`;
  return {
    identity: [KIND, '', provider, capability, normaliseContext(evidence)],
    weight,
    finding: {
      kind: KIND,
      rule: KIND,
      level: unread !== undefined && weight === 'block' ? 'ask' : weight,
      integration,
      message: `${messageFor(integration)}${doubt}`,
      remedy: remedyFor(integration),
      decisiveFacts: decisiveFactsOf(integration),
      missingFacts: [],
      place: { path, range },
      related: [],
      override: ownTerms(KIND),
    },
  };
}

/** All that the code shows: an override of the finding binds to it, whatever of it the words mention. */
function decisiveFactsOf({ path, range, service, capability, facts }: Integration): DecisiveFact[] {
  const origins = [{ source: 'code' as const, place: { path, range } }];
  const shown = Object.entries({ ...(capability !== 'unspecified' && { capability: [capability] }), ...facts });
  return [
    { name: 'services', value: service, origins },
    ...shown.map(([name, values]) => ({
      name,
      value: typeof values === 'number' ? String(values) : values.join(', '),
      origins,
    })),
  ];
}

function messageFor({ capability, certainty, provider }: Integration): string {
  const name = providerOf(provider).name;
  if (certainty === 'potential') return `This can reach ${name}, and no declared use case covers it.`;
  if (capability === 'unspecified') return `This reaches ${name}, and no declared use case covers it.`;
  if (capability === 'image_understanding') {
    return `This sends images to ${name}, and no declared use case covers it. What is asked of the images decides which policies apply.`;
  }
  return `This uses ${name} for ${capabilityName(capability)}, and no declared use case covers it.`;
}

function remedyFor({ capability, service }: Integration): string {
  const states = capability === 'unspecified' ? `service ${service}` : `capability ${capability}, service ${service}`;
  return `Add the file to the \`covers\` of the use case that it belongs to, or declare a new one (${states}); or remove the call.`;
}
