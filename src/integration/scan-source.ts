import type { CompiledCatalog } from './compiled-catalog.ts';
import { dataFlow } from './data-flow.ts';
import { type Established, establish } from './establish.ts';
import type { LoadedGrammar } from './grammars.ts';
import { claims, type Hit, isWrapped } from './hit.ts';
import { joinedLiterals } from './literals.ts';
import { matchCalls, matchSymbols, type Scene } from './match-calls.ts';
import { matchKeys } from './match-keys.ts';
import { matchPaths } from './match-paths.ts';
import { matchReferences } from './match-references.ts';
import { matchFiles, matchFragments, matchGrants } from './match-strings.ts';
import { promptFindings } from './prompts.ts';
import { readSource } from './read-source.ts';
import type { Found } from './scan-kind.ts';
import type { SourceView } from './source-view.ts';

/** Finds what one source text does with images. Throws `TooMuchWork` where parsing runs over its bounds. */
export function scanSource(path: string, text: string, grammar: LoadedGrammar, catalog: CompiledCatalog): Found[] {
  return scanView(readSource(path, text, grammar), catalog);
}

/** Finds what a file does with images, from what its parser or reader made of it. */
export function scanView(view: SourceView, catalog: CompiledCatalog): Found[] {
  const flow = dataFlow(view);
  const established = establish(view, flow, catalog);
  const scene: Scene = { view, flow, catalog, established, claims: claims(established, catalog.shapes) };
  const literals = joinedLiterals(view, flow);
  const hits = [
    ...matchCalls(scene),
    ...matchReferences(scene),
    ...matchSymbols(scene),
    ...matchKeys(scene),
    ...matchFragments(scene, literals),
    ...matchFiles(scene),
    ...catalog.strings
      .filter((strings) => established.has(strings.provider))
      .flatMap((strings) => matchPaths(literals, strings, isWrapped(established, strings.provider) ? 2 : 1)),
  ];
  const found = hits.flatMap((one) => foundOf(scene, one));
  return [...found, ...promptFindings(scene, hits), ...matchGrants(scene), ...clients(established)];
}

function foundOf({ claims }: Scene, { owned, name, ...what }: Hit): Found[] {
  const provider = claims.provider(owned);
  if (provider === undefined) return [];
  const bare = what.capability === 'unspecified' ? { bare: true as const } : {};
  return [{ ...what, ...bare, provider: provider.provider, entry: name }];
}

/** Clients and hosts that are there whatever is done with them. Those of language models say nothing by themselves. */
function clients(established: Established): Found[] {
  return [...established].flatMap(([provider, evidence]) => {
    const shown = evidence.find((item) => item.how === 'client') ?? evidence.find((item) => item.how === 'host');
    if (shown === undefined || provider.multimodal !== undefined) return [];
    const { start, end, entry } = shown;
    const what = { capability: 'unspecified', certainty: 'potential', facts: {}, bare: true } as const;
    return [{ start, end, entry, provider: provider.provider, ...what }];
  });
}
