import type { Integration } from '../integration/integration.ts';

/** One value of one fact that code shows, with every integration that shows it. */
export interface SeenValue {
  readonly name: string;
  readonly value: string | number;
  readonly integrations: readonly Integration[];
}

/**
 * What integrations show, value for value, in the order in which they are met: their capability (`unspecified` shows none) and
 * the facts beside it.
 */
export function seenValues(integrations: readonly Integration[]): readonly SeenValue[] {
  const seen = new Map<string, { name: string; value: string | number; integrations: Integration[] }>();
  const add = (name: string, value: string | number, integration: Integration) => {
    const key = `${name}=${value}`;
    const known = seen.get(key) ?? { name, value, integrations: [] };
    seen.set(key, known);
    if (!known.integrations.includes(integration)) known.integrations.push(integration);
  };
  for (const integration of integrations) {
    if (integration.capability !== 'unspecified') add('capability', integration.capability, integration);
    for (const [name, values] of Object.entries(integration.facts)) {
      for (const value of typeof values === 'number' ? [values] : values) add(name, value, integration);
    }
  }
  return [...seen.values()];
}

/** What certain integrations show; a dependency or a wildcard permission is no use yet. */
export function certainValues(integrations: readonly Integration[]): readonly SeenValue[] {
  return seenValues(integrations.filter(({ certainty }) => certainty === 'seen'));
}
