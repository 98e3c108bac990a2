import { type Chain, chainsIn } from './chain.ts';
import { type NameIndex, nameIndex } from './name-index.ts';
import type { Binding, Call, SourceView } from './source-view.ts';
import { firstFrom, type Span, within } from './span.ts';

/** How many calls of a value are looked at when its origin is asked for: `wrap(new Client())` is two. */
const MAX_TRACED_CALLS = 4;

/** How many assignments to one name may stand around each other: `a = a = a`. */
const MAX_AROUND = 100;

/** One-step data flow over a file: what a name stands for, as far as one assignment or declaration tells. */
export interface DataFlow {
  /** The binding of a name that stands nearest before an offset, else the first after it. */
  binding(name: string, at: number): Binding | undefined;
  /** Every assignment to a property of a name, `request.Attributes = …` for `request`, and every setter called on it. */
  properties(name: string): readonly Binding[];
  /** The chain as written, with its first name's import resolved, and with its receiver replaced by what it was made of. */
  resolve(segments: Chain, at: number): readonly Chain[];
  /** Chains that say what a name is: its written types and the calls that made it. */
  origins(name: string, at: number): readonly Chain[];
  /** Where the file gives values to names. */
  names(): NameIndex;
}

const ADDER = /^(?:[Aa]dd|[Aa]ddAll|AddRange|push|append)$/;
const SETTER = /^(?:[Ss]et|[Ww]ith|[Aa]dd)[A-Z_]/;

/** Prepares the bindings of a file for asking. */
export function dataFlow(view: SourceView): DataFlow {
  const byName = new Map<string, Binding[]>();
  const byOwner = new Map<string, Binding[]>();
  for (const binding of view.bindings) {
    push(byName, binding.segments.at(-1), binding);
    if (binding.segments.length > 1) push(byOwner, binding.segments.at(-2), binding);
  }
  for (const { start, end, segments, args } of view.calls) {
    // A setter called on a name gives its property a value, as `request.AddAttributes(x)` does.
    const owner = segments.at(-2);
    if (owner !== undefined && SETTER.test(segments.at(-1) ?? ''))
      push(byOwner, owner, { start, end, segments: segments.slice(-2), types: [], value: args });
    // So does one that adds to a list of its, `request.Attributes.Add(x)`.
    const lister = segments.at(-3);
    if (lister !== undefined && ADDER.test(segments.at(-1) ?? ''))
      push(byOwner, lister, { start, end, segments: segments.slice(-3, -1), types: [], value: args });
  }
  const locals = new Map(view.imports.flatMap((item) => (item.local === undefined ? [] : [[item.local, item.module]])));

  function binding(name: string, at: number): Binding | undefined {
    const list = byName.get(bare(name)) ?? [];
    const after = firstFrom(list, at);
    for (let index = after - 1; index >= Math.max(0, after - MAX_AROUND); index -= 1) {
      const item = list[index];
      // A name within its own new value still has the old one.
      if (item !== undefined && (item.value === undefined || item.value.end <= at)) return item;
    }
    return list[after];
  }

  function origins(name: string, at: number): Chain[] {
    const found = binding(name, at);
    if (found === undefined) return [];
    return [...found.types, ...(found.value === undefined ? [] : madeOf(view, found.value))].map(imported);
  }

  function imported(chain: Chain): Chain {
    const module = locals.get(chain[0] ?? '');
    return module === undefined ? chain : [...moduleSegments(module), ...chain.slice(1)];
  }

  function resolve(segments: Chain, at: number): Chain[] {
    const name = segments.slice(-1);
    const receiver = segments.at(-2);
    const traced = receiver === undefined ? [] : origins(receiver, at).map((chain) => [...chain, ...name]);
    return [segments, imported(segments), ...traced];
  }

  let index: NameIndex | undefined;
  function names(): NameIndex {
    index ??= nameIndex(view);
    return index;
  }

  return { binding, origins, resolve, names, properties: (name) => byOwner.get(bare(name)) ?? [] };
}

function push(map: Map<string, Binding[]>, key: string | undefined, binding: Binding): void {
  if (key === undefined) return;
  const list = map.get(bare(key));
  if (list === undefined) map.set(bare(key), [binding]);
  else list.push(binding);
}

/** `$client`, `@client` and `client` are one name. */
function bare(name: string): string {
  return name.replace(/^[$@]+/, '');
}

function madeOf(view: SourceView, value: Span): Chain[] {
  const calls = within(view.calls, value).slice(0, MAX_TRACED_CALLS);
  if (calls.length > 0) return calls.map((call) => call.segments);
  const first = chainsIn(view.code.slice(value.start, Math.min(value.end, value.start + 200)))[0];
  return first === undefined ? [] : [first.segments];
}

/** `@aws-sdk/client-rekognition#X`, `github.com/a/b`, `a.b`, `A\B` and `a::b` as segments. */
function moduleSegments(module: string): string[] {
  return module.split(/[./\\:#]+/).filter((segment) => segment !== '');
}

/** Top-level arguments of a call, in order: their spans without blanks. Named ones are among them. */
export function argumentSpans(view: SourceView, call: Call): Span[] {
  const { code } = view;
  const open = code.slice(call.args.start, call.args.end).search(/[([{]|\S/);
  if (open < 0) return [];
  const start = call.args.start + open;
  const bracketed = /[([{]/.test(code.charAt(start));
  const spans: Span[] = [];
  let [depth, from] = [0, bracketed ? start + 1 : start];
  let at = from;
  for (; at < call.args.end; at += 1) {
    const char = code.charAt(at);
    if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth -= 1;
    if (depth < 0) break;
    if (char === ',' && depth === 0) {
      spans.push(trimmed(code, from, at));
      from = at + 1;
    }
  }
  spans.push(trimmed(code, from, at));
  return spans.filter((span) => span.end > span.start);
}

function trimmed(code: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(code.charAt(start))) start += 1;
  while (end > start && /\s/.test(code.charAt(end - 1))) end -= 1;
  return { start, end };
}
