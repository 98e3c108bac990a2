import { loadCatalog } from '../integration/catalog.ts';

/** What the catalog says of a provider. */
export interface Provider {
  /** As its publisher writes it. */
  readonly name: string;
  /** Capabilities that code may be after where only the provider shows. */
  readonly potential: readonly string[];
}

let known: ReadonlyMap<string, Provider> | undefined;

/** A provider by its id; one that the catalog lacks goes by its id, and may be after nothing that is known. */
export function providerOf(id: string): Provider {
  known ??= new Map(
    loadCatalog().providers.map(({ provider, name, potential }) => [provider, { name: short(name), potential }]),
  );
  return known.get(id) ?? { name: id.replaceAll('_', ' '), potential: [] };
}

/** Without what stands in brackets behind it: `Azure AI Vision (Computer Vision, Image Analysis)`. */
function short(name: string): string {
  return name.split(' (')[0] ?? name;
}
