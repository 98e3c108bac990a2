/**
 * A value of a data file (JSON, YAML, TOML, XML, HCL, Bicep, properties) with its place. Offsets are UTF-16 units from 0 of
 * the file's text; `end` is the offset after the last character. Scalars of every type are texts, decoded.
 */
export type DataNode = DataMap | DataList | DataText;

export interface DataMap {
  readonly kind: 'map';
  readonly start: number;
  readonly end: number;
  /** In the order of the file; a key may stand twice. */
  readonly entries: readonly DataEntry[];
}

export interface DataEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: DataNode;
}

export interface DataList {
  readonly kind: 'list';
  readonly start: number;
  readonly end: number;
  readonly items: readonly DataNode[];
}

export interface DataText {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Maps and lists inside each other; what is deeper is not read. Files that people write stay below 30. */
export const MAX_DATA_DEPTH = 64;

/** The first value under a key, compared exactly; undefined where the node is no map or has no such key. */
export function entryValue(node: DataNode | undefined, key: string): DataNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find((entry) => entry.key === key)?.value;
}

/** The value at the end of a path of keys. */
export function valueAt(node: DataNode | undefined, ...path: readonly string[]): DataNode | undefined {
  return path.reduce<DataNode | undefined>((at, key) => entryValue(at, key), node);
}

/** The text of a scalar, undefined for maps and lists. */
export function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'text' ? node.text : undefined;
}

/** The entries of a map, none of anything else. */
export function entriesOf(node: DataNode | undefined): readonly DataEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a list; any other node is its own only item, a missing one none. */
export function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** What a walk meets: a node, and the entry whose value it is (not for items of lists). `ancestors` are the outer nodes, outermost first. */
export interface Visit {
  readonly node: DataNode;
  readonly entry?: DataEntry;
  readonly ancestors: readonly DataNode[];
}

/** Every node of a tree, outer before inner, in the order of the file. */
export function* walk(node: DataNode, entry?: DataEntry, ancestors: readonly DataNode[] = []): Generator<Visit> {
  yield { node, ancestors, ...(entry && { entry }) };
  if (node.kind === 'text') return;
  const inner = [...ancestors, node];
  if (node.kind === 'list') for (const item of node.items) yield* walk(item, undefined, inner);
  else for (const child of node.entries) yield* walk(child.value, child, inner);
}
