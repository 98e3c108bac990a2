import type { LanguageDefinition } from './languages/language.ts';
import type { Literal, Pair, SourceView } from './source-view.ts';

/** No language: nothing is called, imported or concatenated. */
const DATA: LanguageDefinition = {
  language: 'bash',
  grammar: '',
  query: '',
  imports: () => [],
  self: [],
  concatenation: /^(?!)/,
};

/**
 * A data file (JSON, YAML, TOML, properties) as the matchers see source code: its strings and its keys with their values. Pairs of one object
 * have the same `group`. Offsets into `text`.
 */
export function dataView(path: string, text: string, strings: readonly Literal[], pairs: readonly Pair[]): SourceView {
  const byStart = (a: Literal | Pair, b: Literal | Pair) => a.start - b.start || b.end - a.end;
  return {
    path,
    definition: DATA,
    text,
    code: '',
    imports: [],
    calls: [],
    chains: [],
    bindings: [],
    functions: new Set(),
    strings: [...strings].sort(byStart),
    pairs: [...pairs].sort(byStart),
  };
}
