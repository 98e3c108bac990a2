import type { QueryMatch, Tree } from 'web-tree-sitter';
import { chainEndingAt, chainsIn } from './chain.ts';
import { embeddedPairs, pairsAfterStrings } from './embedded-pairs.ts';
import type { LoadedGrammar } from './grammars.ts';
import { importsByCall } from './import-calls.ts';
import type { Import } from './languages/language.ts';
import type { Binding, Call, Literal, Pair, SourceView } from './source-view.ts';
import { blank, firstFrom, type Span } from './span.ts';

/**
 * How often the parser may report progress before it is stopped: some ten times what ordinary code of that length takes, however broken.
 * A count and no clock, so that the same file always ends the same way. Five hundred bytes can keep a parser busy for minutes.
 */
const MIN_PARSE_STEPS = 400;
const PARSE_STEPS_PER_CHARACTER = 0.12;
const MAX_PARSE_STEPS = 120_000;
/** The same of the query. */
const MAX_QUERY_STEPS = 20_000;

/** Brackets within brackets. The time of a query grows with the square of it; code that people write stays below fifty. */
const MAX_DEPTH = 2_000;

/** Parsing took, or would take, more steps than any ordinary file of that size. */
export class TooMuchWork extends Error {}

/** Parses a source text and reads it into flat lists. Throws `TooMuchWork` where parser or query run over their bounds. */
export function readSource(path: string, text: string, grammar: LoadedGrammar): SourceView {
  const tree = parse(text, grammar);
  try {
    return view(path, text, grammar, query(tree, grammar));
  } finally {
    tree.delete();
  }
}

function parse(text: string, grammar: LoadedGrammar): Tree {
  if (bracketDepth(text) > MAX_DEPTH) throw new TooMuchWork('nesting');
  const most = Math.min(MIN_PARSE_STEPS + text.length * PARSE_STEPS_PER_CHARACTER, MAX_PARSE_STEPS);
  let steps = 0;
  const tree = grammar.parser.parse(text, null, {
    progressCallback: () => {
      steps += 1;
      return steps > most;
    },
  });
  if (tree !== null) return tree;
  grammar.parser.reset();
  throw new TooMuchWork('parsing');
}

function bracketDepth(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 91 || code === 123) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth -= 1;
  }
  return deepest;
}

function query(tree: Tree, grammar: LoadedGrammar): QueryMatch[] {
  let steps = 0;
  const matches = grammar.query.matches(tree.rootNode, {
    progressCallback: () => {
      steps += 1;
      return steps > MAX_QUERY_STEPS;
    },
  });
  if (steps > MAX_QUERY_STEPS || grammar.query.didExceedMatchLimit()) throw new TooMuchWork('query');
  return matches;
}

interface Raw {
  readonly spans: Readonly<Record<string, Span[]>>;
  readonly groups: Readonly<Record<string, Span>>[];
}

function view(path: string, text: string, grammar: LoadedGrammar, matches: readonly QueryMatch[]): SourceView {
  const raw = sortOut(matches);
  const comments = [...(raw.spans.comment ?? [])].sort(byStart);
  const strings = outside(raw.spans.string ?? [], comments);
  const code = blank(text, [...comments, ...strings.map((span) => quotesKept(text, span))], raw.spans.hole);
  const { definition } = grammar;
  const imports = outside(raw.spans.import ?? [], comments).flatMap((span) =>
    definition.imports(text.slice(span.start, span.end)).map((item): Import => ({ ...item, ...span })),
  );
  const live = raw.groups.filter(
    (group) => !covered(group.call ?? group.key ?? group.target ?? { start: 0, end: 0 }, comments),
  );
  const calls = live.flatMap((group) => readCall(code, group)).sort(byStart);
  const bindings = merged(live.flatMap((group) => readBinding(text, code, group)));
  const literals = outside(strings, imports).map((span) => literal(text, span));
  const pairs = live.flatMap((group) => readPair(text, group)).sort(byStart);
  const further = [...pairsAfterStrings(code, literals, pairs), ...literals.flatMap(embeddedPairs)];
  return {
    path,
    definition,
    text,
    code,
    imports: [...imports, ...importsByCall(text, calls, literals, definition)],
    calls,
    pairs: [...pairs, ...further].sort(byStart),
    bindings,
    strings: literals,
    chains: chainsIn(code),
    functions: new Set((raw.spans.function ?? []).map((span) => text.slice(span.start, span.end))),
  };
}

function sortOut(matches: readonly QueryMatch[]): Raw {
  const spans: Record<string, Span[]> = {};
  const groups: Record<string, Span>[] = [];
  for (const match of matches) {
    const group: Record<string, Span> = {};
    for (const { name, node } of match.captures) {
      const span = { start: node.startIndex, end: node.endIndex };
      if (match.captures.length === 1) {
        spans[name] ??= [];
        spans[name].push(span);
      }
      group[name] = span;
    }
    if (match.captures.length > 1) groups.push(group);
  }
  return { spans, groups };
}

function readCall(code: string, { call, name }: Readonly<Record<string, Span>>): Call[] {
  if (call === undefined || name === undefined) return [];
  // Where a grammar has no node for a call, what is called stands before its arguments.
  const apart = call.start >= name.end;
  const { segments, nameStart } = chainEndingAt(code, name.end, apart ? 0 : call.start);
  if (segments.length === 0) return [];
  const span = { start: apart ? nameStart : call.start, end: call.end };
  return [{ ...span, segments, name: { start: nameStart, end: name.end }, args: { start: name.end, end: call.end } }];
}

function readPair(text: string, { key, value }: Readonly<Record<string, Span>>): Pair[] {
  if (key === undefined || value === undefined) return [];
  const name = text.slice(key.start, Math.min(key.end, key.start + 200)).replace(/^[\s:.'"`[$@]+|[\s:'"`\]]+$/g, '');
  return [{ start: key.start, end: value.end, key: name, value }];
}

function readBinding(text: string, code: string, group: Readonly<Record<string, Span>>): Binding[] {
  const { target, value, type } = group;
  if (target === undefined) return [];
  // Only the first target takes the value: `out, err := call()`; `client(config)` and `*p = …` are C++ declarators.
  const written = code.slice(target.start, Math.min(target.end, target.start + 200)).split(/[,(={[]/)[0] ?? '';
  const segments = chainsIn(written)[0]?.segments ?? [String(readPair(text, { key: target, value: target })[0]?.key)];
  const types = type === undefined ? [] : chainsIn(code.slice(type.start, Math.min(type.end, type.start + 200)));
  const end = Math.max(target.end, value?.end ?? 0);
  return [
    {
      start: target.start,
      end,
      segments,
      types: types.map((chain) => chain.segments),
      ...(value === undefined ? {} : { value }),
    },
  ];
}

/** One for each place: some grammars give the type of a declaration and its value apart. Sorted by start. */
function merged(bindings: readonly Binding[]): Binding[] {
  const byPlace = new Map<number, Binding>();
  for (const binding of bindings) {
    const known = byPlace.get(binding.start);
    const value = known?.value ?? binding.value;
    const whole = {
      ...(known ?? binding),
      end: Math.max(known?.end ?? 0, binding.end),
      types: [...(known?.types ?? []), ...binding.types],
    };
    byPlace.set(binding.start, value === undefined ? whole : { ...whole, value });
  }
  return [...byPlace.values()].sort(byStart);
}

const QUOTES = /^[A-Za-z@$#]{0,3}("""|'''|"|'|`|<<<)?/;

/** A literal's inner part: without prefix letters and quotes. */
function literal(text: string, span: Span): Literal {
  const raw = text.slice(span.start, span.end);
  const quote = QUOTES.exec(raw)?.[1];
  const prefix = quote === undefined ? 0 : raw.indexOf(quote) + quote.length;
  const suffix = quote !== undefined && raw.length >= prefix + quote.length && raw.endsWith(quote) ? quote.length : 0;
  return { ...span, value: raw.slice(prefix, raw.length - suffix) };
}

/** Blanking leaves the quotes, so that arguments can still be told apart in code. */
function quotesKept(text: string, span: Span): Span {
  const { start, end } = span;
  return end - start >= 2 && /["'`]/.test(text.charAt(end - 1)) ? { start: start + 1, end: end - 1 } : span;
}

function outside<T extends Span>(spans: readonly T[], sorted: readonly Span[]): T[] {
  return spans.filter((span) => !covered(span, sorted)).sort(byStart);
}

/** Whether one of the sorted, not overlapping spans covers it. */
function covered(span: Span, sorted: readonly Span[]): boolean {
  const index = firstFrom(sorted, span.start + 1) - 1;
  const before = sorted[index];
  return before !== undefined && before.start <= span.start && before.end >= span.end;
}

/** By start, the longer first. */
function byStart(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
