import type { CatalogFile } from './catalog-format.ts';
import { normalise } from './chain.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import type { SourceView } from './source-view.ts';

/** What is longer is no name of a setting or module. */
const MAX_NAME = 100;

/** A model of this rank is known by its protocol alone. */
const LAST_RANK = 1;

/**
 * Providers that a file shows only by the names that the program gave to what stands between it and them: identifiers, modules, and, where an
 * address is asked for, names of settings. A model counts only where no other is there to take its messages.
 */
export function wrappedBy(
  view: SourceView,
  { providers }: CompiledCatalog,
  found: ReadonlyMap<CatalogFile, unknown>,
): CatalogFile[] {
  const hasModel = [...found.keys()].some(({ multimodal }) => (multimodal?.rank ?? 0) > LAST_RANK);
  const asked = providers.filter(
    (provider) =>
      provider.markers.words.length > 0 && !found.has(provider) && !(hasModel && provider.multimodal !== undefined),
  );
  if (asked.length === 0) return [];
  const code = normalise([view.code, ...view.imports.map((item) => item.module)].join('\n'));
  const settings = view.strings.filter(({ value }) => value.length <= MAX_NAME && /^[\w:./-]+$/.test(value));
  const names = normalise(settings.map(({ value }) => value).join('\n'));
  return asked.filter(({ markers, multimodal }) =>
    markers.words.some((word) => code.includes(word) || (multimodal === undefined && names.includes(word))),
  );
}
