import { createHash } from 'node:crypto';
import type { Integration } from '../../integration/integration.ts';
import { factWords, type RepositoryInventory } from './inventory.ts';

/** https://cyclonedx.org/docs/1.6/json/ */
const SPEC_VERSION = '1.6';

interface Property {
  readonly name: string;
  readonly value: string;
}

/** A CycloneDX document, typed as far as we write it; tests hold it against the official schema. */
export interface CycloneDx {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: object;
  readonly components: readonly object[];
  readonly services: readonly object[];
}

/**
 * The inventory as CycloneDX ML-BOM: each vision service that code reaches is a `service`, each library run by oneself a `component`, each
 * use case a `machine-learning-model` component whose model card names it. `timestamp` is ISO 8601. The serial number is made of the content,
 * so that the same inventory gives the same document.
 */
export function inventoryCycloneDx(
  repositories: readonly RepositoryInventory[],
  timestamp: string,
  version: string,
): CycloneDx {
  const integrations = repositories.flatMap((repository) => allIntegrations(repository));
  const providers = [...new Set(integrations.map(({ provider }) => provider))].sort();
  const reached = providers.map((provider) =>
    providerEntry(
      provider,
      integrations.filter((one) => one.provider === provider),
    ),
  );
  const content = {
    components: [
      ...reached.filter(({ hosted }) => !hosted).map(({ entry }) => ({ type: 'library', ...entry })),
      ...repositories.flatMap(useCaseComponents),
    ],
    services: reached.filter(({ hosted }) => hosted).map(({ entry }) => entry),
  };
  return {
    bomFormat: 'CycloneDX',
    specVersion: SPEC_VERSION,
    serialNumber: serialNumber(JSON.stringify(content)),
    version: 1,
    metadata: { timestamp, tools: { components: [{ type: 'application', name: 'sightline', version }] } },
    ...content,
  };
}

function allIntegrations(repository: RepositoryInventory): Integration[] {
  return [...new Set([...repository.useCases.flatMap((one) => one.integrations), ...repository.undeclared])];
}

function providerEntry(provider: string, integrations: readonly Integration[]) {
  const capabilities = [...new Set(integrations.map(({ capability }) => capability))].sort();
  const places = integrations.map(({ path, range }) => `${path}:${range.startLine}`);
  const properties: Property[] = [
    ...capabilities.map((value) => ({ name: 'sightline:capability', value })),
    ...places.map((value) => ({ name: 'sightline:place', value })),
  ];
  return {
    hosted: integrations.some(({ service }) => service !== 'self_hosted'),
    entry: { 'bom-ref': `provider:${provider}`, name: provider, properties },
  };
}

function useCaseComponents(repository: RepositoryInventory): object[] {
  return repository.useCases.map(({ useCase, integrations }) => ({
    type: 'machine-learning-model',
    'bom-ref': `use-case:${repository.name}:${useCase.id}`,
    name: useCase.id,
    description: useCase.title,
    modelCard: {
      considerations: {
        useCases: [useCase.description || useCase.title],
        users: [factWords(useCase, 'operator')],
      },
    },
    properties: [
      ...useCase.owners.map((value) => ({ name: 'sightline:owner', value })),
      ...useCase.services.map((value) => ({ name: 'sightline:service', value })),
      ...[...useCase.facts.keys()]
        .sort()
        .map((name) => ({ name: `sightline:fact:${name}`, value: factWords(useCase, name) })),
      ...[...new Set(integrations.map(({ provider }) => provider))].map((value) => ({
        name: 'sightline:provider',
        value,
      })),
    ],
  }));
}

/** A UUID (RFC 9562, version 8: made of a hash of our own) as a URN. */
function serialNumber(content: string): string {
  const hash = createHash('sha256').update(content).digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
