import type { ArgumentCase, CatalogArgument } from './catalog-format.ts';
import { type Chain, chainsIn, normalise } from './chain.ts';
import { argumentSpans, type DataFlow } from './data-flow.ts';
import { argumentName } from './name-index.ts';
import type { Call, SourceView } from './source-view.ts';
import { firstFrom, type Span } from './span.ts';

/** How much of a value is read for words. */
const MAX_VALUE = 4_000;
const MAX_RESOLVED = 16;
/** Arguments of a call that are looked at for names. */
const MAX_NAMES = 100;

/** A case that holds, with the value that shows it; none where an argument is missing. */
export interface PlacedCase extends ArgumentCase {
  readonly value?: Span;
}

/** What the arguments of a call add: capabilities beside or, with `selects`, instead of the entry's, and facts. */
export interface ArgumentEffect {
  readonly cases: readonly PlacedCase[];
  readonly selected: boolean;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Reads what the arguments of a call say, after one step of data flow. */
export function argumentEffect(
  view: SourceView,
  flow: DataFlow,
  call: Call,
  specs: readonly CatalogArgument[],
): ArgumentEffect {
  const cases: PlacedCase[] = [];
  const numbers: Record<string, number> = {};
  const given = specs.length === 0 ? undefined : givenTo(view, flow, call);
  let selected = false;
  for (const spec of specs) {
    const values = given === undefined ? [] : argumentValues(view, flow, given, spec);
    const holding = casesOf(view, flow, values, spec);
    const value = shownAt(view, flow, values);
    cases.push(...(value === undefined ? holding : holding.map((item) => ({ ...item, value }))));
    selected ||= spec.selects === true && holding.some((item) => item.capability !== undefined);
    const number = spec.number === undefined ? undefined : numberIn(view, flow, values);
    if (spec.number !== undefined && number !== undefined) numbers[spec.number] = number / spec.per;
  }
  return { cases, selected, numbers };
}

/** Where a value is written: one that is only a name, where the name gets its value. */
function shownAt(view: SourceView, flow: DataFlow, [value]: readonly Span[]): Span | undefined {
  if (
    value === undefined ||
    !/^[\w.$]+$/.test(view.code.slice(value.start, Math.min(value.end, value.start + 100)).trim())
  )
    return value;
  return boundValues(view, flow, value)[0] ?? value;
}

/** Which cases of an argument hold for the values that were given for it. */
export function casesOf(
  view: SourceView,
  flow: DataFlow,
  values: readonly Span[],
  spec: CatalogArgument,
): ArgumentCase[] {
  const given = values.filter((value) => !isEmpty(view.text.slice(value.start, value.end)));
  if (given.length === 0) return spec.cases.filter((item) => item.missing === true);
  const words = new Set(given.flatMap((value) => wordsOf(view, flow, value)));
  return matchingCases(spec, words);
}

/** The cases that hold where an argument is given with these words. */
export function matchingCases(spec: CatalogArgument, words: ReadonlySet<string>): ArgumentCase[] {
  const named = spec.cases.filter((item) => item.values?.some((value) => holdsWord(words, value)));
  const open = spec.cases.filter(
    (item) => item.values === undefined && item.missing !== true && (item.otherwise !== true || named.length === 0),
  );
  return [...named, ...open];
}

function holdsWord(words: ReadonlySet<string>, value: string): boolean {
  if (!value.endsWith('*')) return words.has(normalise(value));
  const prefix = normalise(value.slice(0, -1));
  return [...words].some((word) => word.startsWith(prefix));
}

/** What a call is given, whatever it is asked for. */
interface Given {
  readonly spans: readonly Span[];
  /** Where arguments stand: behind the call's name, and in what its arguments are bound to. */
  readonly regions: readonly Span[];
  /** Arguments that are one name and no more. */
  readonly names: readonly string[];
  /** Calls of the same chain behind this one: setters of what it made. */
  readonly chained: readonly Call[];
}

/** Calls in one chain that are looked at for an argument of the first. */
const MAX_CHAINED = 200;

function givenTo(view: SourceView, flow: DataFlow, call: Call): Given {
  const spans = argumentSpans(view, call);
  const names = singleNames(view, spans);
  const chained: Call[] = [];
  // Those that start with the call stand together, the longest first.
  for (let at = firstFrom(view.calls, call.start), left = MAX_CHAINED; left > 0; at += 1, left -= 1) {
    const other = view.calls[at];
    if (other === undefined || other.start !== call.start || other.end <= call.end) break;
    chained.push(other);
  }
  return { spans, names, chained, regions: regionsOf(flow, call, names) };
}

/** The spans given for an argument: by name wherever it may stand, else by position. */
function argumentValues(view: SourceView, flow: DataFlow, given: Given, spec: CatalogArgument): Span[] {
  const wanted = new Set(spec.names.map(argumentName));
  const isWanted = (segments: Chain) => wanted.has(argumentName(segments.at(-1) ?? ''));
  const named = given.regions.flatMap((region) => flow.names().values(wanted, region));
  const chained = given.chained.filter((other) => isWanted(other.segments)).map((other) => other.args);
  const owned = given.names.flatMap((name) =>
    flow.properties(name).flatMap((item) => (isWanted(item.segments) ? (item.value ?? []) : [])),
  );
  const found = [...named, ...chained, ...owned];
  if (found.length > 0) return found;
  if (spec.position === undefined) return given.names.length > 0 ? givenElsewhere(flow, wanted, spec) : [];
  const positional = given.spans.filter((span) => view.pairs[firstFrom(view.pairs, span.start)]?.start !== span.start);
  return [spec.position].flat().flatMap((at) => positional[at] ?? []);
}

/** What the file gives to an argument's name anywhere, for a call that is handed a request made elsewhere: only words that are asked for count there. */
function givenElsewhere(flow: DataFlow, wanted: ReadonlySet<string>, spec: CatalogArgument): Span[] {
  if (spec.number !== undefined || spec.cases.some((item) => item.values === undefined)) return [];
  return flow
    .names()
    .given(wanted)
    .map((item) => item.value);
}

/** Where a call's arguments stand: behind its name, and in what its arguments are bound to. */
export function argumentRegions(view: SourceView, flow: DataFlow, call: Call): Span[] {
  return regionsOf(flow, call, singleNames(view, argumentSpans(view, call)));
}

function regionsOf(flow: DataFlow, call: Call, names: readonly string[]): Span[] {
  const bound = names.flatMap((name) => flow.binding(name, call.start)?.value ?? []);
  return [call.args, ...bound.slice(0, MAX_RESOLVED)];
}

/** One name, handed over as it is, spread, borrowed, cloned or built. */
const NAME_GIVEN = /^(?:\*\*|\.\.\.|&mut |&|\*)?\s*\$?([\w.]+)(?:\.clone\(\)|\.build\(\))?$/;
/** That a value is there or of a type, said behind it: `request!`, `request!!`, `params as DetectFacesInput`. */
const CLAIMED = /!{1,2}$|\s(?:as[!?]?|satisfies)\s+[\w.<>[\]| ]+$/;

/** Arguments that are one name and no more: `detect_faces(request)`, `**options`, `&input`, `send(command)`. */
function singleNames(view: SourceView, spans: readonly Span[]): string[] {
  return spans.slice(0, MAX_NAMES).flatMap((span) => {
    const written = view.code
      .slice(span.start, Math.min(span.end, span.start + 200))
      .replace(/^[\w ]+[:=](?=\s*\w+!{0,2}$)/, '');
    const match = NAME_GIVEN.exec(written.trim().replace(CLAIMED, ''));
    return match?.[1] === undefined ? [] : [String(match[1].split('.').at(-1))];
  });
}

/** The words of a value, normalised: contents of strings, names, and, one step, those of what the names are bound to. */
export function wordsOf(view: SourceView, flow: DataFlow, value: Span): string[] {
  return [...ownWords(view, value), ...boundValues(view, flow, value).flatMap((span) => ownWords(view, span))];
}

/** What the names in a stretch of code are bound to. */
export function boundValues(view: SourceView, flow: DataFlow, region: Span): Span[] {
  const chains = chainsIn(view.code.slice(region.start, Math.min(region.end, region.start + MAX_VALUE)));
  return chains
    .slice(0, MAX_RESOLVED)
    .flatMap((chain) => flow.binding(chain.segments.at(-1) ?? '', region.start)?.value ?? [])
    .filter((span) => span.start !== region.start);
}

function ownWords(view: SourceView, value: Span): string[] {
  const text = view.text.slice(value.start, Math.min(value.end, value.start + MAX_VALUE));
  return (text.match(/[\p{L}\p{N}_-]+/gu) ?? []).map(normalise);
}

function numberIn(view: SourceView, flow: DataFlow, values: readonly Span[]): number | undefined {
  for (const value of values) {
    const name = chainsIn(view.code.slice(value.start, Math.min(value.end, value.start + 200)))[0]?.segments.at(-1);
    const bound = name === undefined ? undefined : flow.binding(name, value.start)?.value;
    for (const span of bound === undefined ? [value] : [value, bound]) {
      const match = /(?<![\w.])\d+(?:\.\d+)?/.exec(view.text.slice(span.start, Math.min(span.end, span.start + 60)));
      if (match !== null) return Number(match[0]);
    }
  }
  return undefined;
}

function isEmpty(text: string): boolean {
  return (
    /^\s*(?:null|none|nil|undefined|false|\[\s*\]|\{\s*\}|\(\s*\)|""|'')?\s*$/i.test(text.slice(0, 40)) &&
    text.length < 40
  );
}
