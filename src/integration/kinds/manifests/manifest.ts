import type { Ecosystem } from '../../catalog-format.ts';
import { type DataEntry, type DataNode, entriesOf, itemsOf } from '../../data/data-node.ts';
import { readJson } from '../../data/read-json.ts';
import { type Dependency, dependencyFindings } from '../../package-index.ts';
import { type KindScanner, Unparsable } from '../../scan-kind.ts';

/** Lock files of large projects have several megabytes. */
const LOCK_LIMITS = { size: 20_000_000, line: 1_000_000 };

/** A scanner of a manifest or lock file, from a reader of its dependencies. The reader is bounded and linear, as scanners are. */
export function manifest(read: (text: string) => Iterable<Dependency>): KindScanner {
  return { limits: LOCK_LIMITS, scan: (file, { catalog }) => dependencyFindings(read(file.text), catalog) };
}

/** Reads JSON or says that it is none. */
export function json(text: string): DataNode {
  const node = readJson(text);
  if (node === undefined) throw new Unparsable('not JSON');
  return node;
}

/** Keys of maps as names of packages. */
export function keysAsNames(ecosystem: Ecosystem, ...maps: readonly (DataNode | undefined)[]): Dependency[] {
  return maps.flatMap((map) => entriesOf(map).map((entry) => keyAsName(ecosystem, entry, entry.key)));
}

/** One key as a name of a package, at the key's place. */
export function keyAsName(ecosystem: Ecosystem, entry: DataEntry, name: string): Dependency {
  return { ecosystem, name, start: entry.keyStart, end: entry.keyEnd };
}

/** A text as a name of a package. */
export function textAsName(ecosystem: Ecosystem, node: DataNode | undefined, name?: string): Dependency[] {
  return node?.kind === 'text' ? [{ ecosystem, name: name ?? node.text, start: node.start, end: node.end }] : [];
}

/** Texts of lists, each read by `read` as the name that it begins with. */
export function listedNames(
  ecosystem: Ecosystem,
  read: (text: string) => string | undefined,
  ...lists: readonly (DataNode | undefined)[]
): Dependency[] {
  return lists.flatMap(itemsOf).flatMap((item) => {
    const name = item.kind === 'text' ? read(item.text) : undefined;
    return name === undefined ? [] : textAsName(ecosystem, item, name);
  });
}

/** Lines longer than this are no manifest's. */
const MAX_LINE = 2_000;

/** Every line of a text that a pattern fits, with the group that holds a name; `pattern` must be linear and anchored at the line's start. */
export function* namesInLines(ecosystem: Ecosystem, text: string, pattern: RegExp): Generator<Dependency> {
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(from, Math.min(end, from + MAX_LINE));
    const match = pattern.exec(line);
    const name = match?.[1];
    if (match !== null && name !== undefined) {
      const start = from + match.index + match[0].indexOf(name);
      yield { ecosystem, name, start, end: start + name.length };
    }
    from = end + 1;
  }
}

/** Every match of a global pattern whose first group is a name; `pattern` must be linear. */
export function* namesInText(ecosystem: Ecosystem, text: string, pattern: RegExp): Generator<Dependency> {
  for (const match of text.matchAll(pattern)) {
    const name = match[1];
    if (name === undefined) continue;
    const start = match.index + match[0].indexOf(name);
    yield { ecosystem, name, start, end: start + name.length };
  }
}
