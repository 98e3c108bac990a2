import { readFileSync } from 'node:fs';
import type { CatalogFile } from './catalog-format.ts';
import type { PromptRule } from './prompt-format.ts';
import type { Shape } from './shapes-format.ts';

/** All that the scanners know of providers, as written; `compileCatalog` makes it fast. */
export interface Catalog {
  readonly providers: readonly CatalogFile[];
  /** By id. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly prompts: readonly PromptRule[];
}

let loaded: Catalog | undefined;

/** The catalog as the build (for tests: the start of the run) made it of `catalog/`: checked, every default filled in. Read once per thread. */
export function loadCatalog(): Catalog {
  loaded ??= JSON.parse(readFileSync(new URL('./catalog.json', import.meta.url), 'utf8')) as Catalog;
  return loaded;
}
