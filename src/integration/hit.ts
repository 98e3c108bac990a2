import type { Catalog } from './catalog.ts';
import type { CatalogFile } from './catalog-format.ts';
import type { OwnedEntry } from './compiled-catalog.ts';
import type { Established } from './establish.ts';
import type { Found } from './scan-kind.ts';
import type { Span } from './span.ts';

/** A place where an entry matched, before it is known whose it is. */
export interface Hit extends Span {
  readonly owned: OwnedEntry;
  readonly name: string;
  readonly capability: string;
  readonly certainty: Found['certainty'];
  readonly facts: Found['facts'];
  /** As in `Found`: says nothing where the file shows more of the provider. */
  readonly bare?: true;
}

/** A hit with the entry's own capability, facts and certainty. */
export function hit(owned: OwnedEntry, name: string, place: Span): Hit {
  const { entry } = owned;
  return {
    start: place.start,
    end: place.end,
    owned,
    name,
    capability: entry.capability,
    certainty: entry.certainty ?? 'seen',
    facts: entry.facts ?? {},
  };
}

/** Whose an entry can be in a file. */
export interface Claims {
  /** Whether the file shows the provider of the entry, or a model that takes the shape. */
  present(owned: OwnedEntry): boolean;
  /** The provider that a hit is reported for; undefined where there is none. */
  provider(owned: OwnedEntry): CatalogFile | undefined;
}

/**
 * Says whose entries are: a provider's own need it established; a shape goes to the established model of the highest rank that takes it. What only
 * the program's own names show takes no more than distinctive shapes.
 */
export function claims(established: Established, shapes: Catalog['shapes']): Claims {
  const models = [...established.keys()]
    .filter((provider) => provider.multimodal !== undefined)
    .sort((a, b) => (b.multimodal?.rank ?? 0) - (a.multimodal?.rank ?? 0));
  const byShape = new Map<string, CatalogFile>();
  for (const model of models) {
    for (const shape of model.multimodal?.shapes ?? []) {
      if (byShape.has(shape) || (isWrapped(established, model) && shapes[shape]?.distinctive !== true)) continue;
      byShape.set(shape, model);
    }
  }
  const provider = ({ owner }: OwnedEntry) => ('shape' in owner ? byShape.get(owner.shape) : owner.provider);
  return {
    provider,
    present: ({ entry, owner }) =>
      'shape' in owner
        ? byShape.has(owner.shape)
        : established.has(owner.provider) && (entry.distinctive === true || !isWrapped(established, owner.provider)),
  };
}

/** Whether only the program's own names show the provider. */
export function isWrapped(established: Established, provider: CatalogFile): boolean {
  return established.get(provider)?.every((item) => item.how === 'word') === true;
}
