import { normalise } from './chain.ts';
import type { SourceView } from './source-view.ts';
import { type Span, within } from './span.ts';

/** A value that a file gives to a name, at the place where it does. */
interface Given extends Span {
  readonly value: Span;
}

/** Where a file gives values to names, so that asking for one does not mean looking at all. Names as `argumentName` makes them. */
export interface NameIndex {
  /** Values that a region gives to any of these names: pairs, then assignments, then setters and builder calls. */
  values(names: ReadonlySet<string>, region: Span): Span[];
  /** Pairs and assignments of any of these names, in the whole file. */
  given(names: ReadonlySet<string>): Given[];
}

/** Makes the index of a file. */
export function nameIndex(view: SourceView): NameIndex {
  const pairs = byName(view.pairs.map((pair) => [pair.key, pair] as const));
  const bindings = byName(
    view.bindings.flatMap(({ segments, start, end, value }) =>
      value === undefined ? [] : [[segments.at(-1), { start, end, value }] as const],
    ),
  );
  const calls = byName(
    view.calls.map(
      (call) => [call.segments.at(-1), { start: call.name.start, end: call.end, value: call.args }] as const,
    ),
  );
  return {
    values: (names, region) =>
      [pairs, bindings, calls]
        .flatMap((index) => named(index, names, (list) => within(list, region)))
        .map((item) => item.value),
    given: (names) => [pairs, bindings].flatMap((index) => named(index, names, (list) => list)),
  };
}

/** The items of a list for each name, joined in the order of the file. */
function named<T extends Span>(
  index: ReadonlyMap<string, readonly T[]>,
  names: ReadonlySet<string>,
  pick: (list: readonly T[]) => readonly T[],
): T[] {
  const found = [...names].flatMap((name) => pick(index.get(name) ?? []));
  return names.size < 2 ? found : found.sort(byStart);
}

function byName<T extends Span>(items: readonly (readonly [string | undefined, T])[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const [written = '', item] of items) {
    const name = argumentName(written);
    const list = index.get(name);
    if (list === undefined) index.set(name, [item]);
    else list.push(item);
  }
  for (const list of index.values()) list.sort(byStart);
  return index;
}

function byStart(a: Span, b: Span): number {
  return a.start - b.start;
}

/** A name compared as an argument's: without case, `_`, `-`, and a leading `set` or `with`. */
export function argumentName(name: string): string {
  return normalise(name.replace(/^(?:[Ss]et|[Ww]ith|[Aa]dd)(?=[A-Z_])/, ''));
}
