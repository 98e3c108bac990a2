import { chainsIn } from './chain.ts';
import type { CompiledCatalog } from './compiled-catalog.ts';
import { dataFlow } from './data-flow.ts';
import { type Established, establish } from './establish.ts';
import type { LoadedGrammar } from './grammars.ts';
import { joinedLiterals } from './literals.ts';
import { matchCalls, matchSymbols } from './match-calls.ts';
import { matchPaths } from './match-paths.ts';
import { matchShapes } from './match-shapes.ts';
import { matchStrings } from './match-strings.ts';
import { readSource } from './read-source.ts';
import type { Found } from './scan-kind.ts';

/** Finds what one source text does with images. Throws `TooMuchWork` where parsing runs over its bounds. */
export function scanSource(path: string, text: string, grammar: LoadedGrammar, catalog: CompiledCatalog): Found[] {
  const view = readSource(path, text, grammar);
  const flow = dataFlow(view);
  const established = establish(view, flow, catalog);
  const literals = joinedLiterals(view, flow);
  const paths = catalog.strings.filter((strings) => established.has(strings.provider));
  return [
    ...matchCalls(view, flow, catalog, established),
    ...matchSymbols(chainsIn(view.code), view, flow, catalog, established),
    ...paths.flatMap((strings) => matchPaths(literals, strings)),
    ...matchStrings(view, literals, catalog, established),
    ...matchShapes(view, flow, catalog, established),
    ...clients(established),
  ];
}

/** Clients and hosts that are there whatever is done with them. Those of language models say nothing by themselves. */
function clients(established: Established): Found[] {
  return [...established].flatMap(([provider, evidence]) => {
    const shown = evidence.find((item) => item.how === 'client') ?? evidence.find((item) => item.how === 'host');
    if (shown === undefined || provider.multimodal !== undefined) return [];
    const { start, end, entry } = shown;
    return [
      {
        start,
        end,
        entry,
        provider: provider.provider,
        capability: 'unspecified',
        certainty: 'potential',
        facts: {},
        bare: true,
      } as const,
    ];
  });
}
