import { wordsOf } from './arguments.ts';
import type { CatalogFile, Shape } from './catalog-format.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import type { DataFlow } from './data-flow.ts';
import { type Established, endsWith } from './establish.ts';
import type { Found } from './scan-kind.ts';
import type { SourceView } from './source-view.ts';
import type { Span } from './span.ts';

/** A part of a message that carries an image. */
interface Part extends Span {
  readonly id: string;
  readonly shape: Shape;
}

/** Images that go to a model, for the provider that the file sends them to. */
export function matchShapes(
  view: SourceView,
  flow: DataFlow,
  catalog: CompiledCatalog,
  established: Established,
): Found[] {
  const models = [...established.keys()].filter((provider) => provider.multimodal !== undefined);
  if (models.length === 0) return [];
  const wanted = new Set(models.flatMap((provider) => provider.multimodal?.shapes ?? []));
  const parts = [...catalog.shapes].flatMap(([id, shape]) => (wanted.has(id) ? partsOf(view, flow, id, shape) : []));
  return parts.flatMap((part) => {
    const provider = receiverOf(part, models);
    return provider === undefined ? [] : [partFound(part, provider)];
  });
}

function partsOf(view: SourceView, flow: DataFlow, id: string, shape: Shape): Part[] {
  return [...pairParts(view, flow, id, shape), ...callParts(view, flow, id, shape)];
}

function callParts(view: SourceView, flow: DataFlow, id: string, shape: Shape): Part[] {
  const names = [...shape.names, ...(shape.names_in[view.definition.language] ?? [])].map((name) => name.split('.'));
  if (names.length === 0) return [];
  return view.calls.flatMap((call) => {
    const fits = names.some(
      (name) =>
        name.at(-1) === call.segments.at(-1) &&
        flow.resolve(call.segments, call.start).some((chain) => endsWith(chain, name)),
    );
    return fits ? [{ start: call.name.start, end: call.end, id, shape }] : [];
  });
}

function pairParts(view: SourceView, flow: DataFlow, id: string, shape: Shape): Part[] {
  const wanted = Object.entries(shape.pairs ?? {});
  const [first] = wanted;
  if (first === undefined) return [];
  return view.pairs.flatMap((pair) => {
    if (pair.key !== first[0]) return [];
    const words = wordsOf(view, flow, pair.value);
    return first[1].some((value) => value === '*' || words.includes(value.replace(/[_-]/g, '')))
      ? [{ ...pair, id, shape }]
      : [];
  });
}

/** The model that the part goes to: of those established that take it, the one of the highest rank. */
function receiverOf(part: Part, models: readonly CatalogFile[]): CatalogFile | undefined {
  return models
    .filter((provider) => provider.multimodal?.shapes.includes(part.id))
    .sort((a, b) => (b.multimodal?.rank ?? 0) - (a.multimodal?.rank ?? 0))[0];
}

function partFound(part: Part, provider: CatalogFile): Found {
  return {
    start: part.start,
    end: part.end,
    provider: provider.provider,
    capability: part.shape.capability,
    certainty: part.shape.certainty ?? 'seen',
    facts: part.shape.facts ?? {},
    entry: part.id,
  };
}
