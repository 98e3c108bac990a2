import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { YamlFaultError } from './parse-yaml.ts';
import { quote } from './problem.ts';

/** Offsets of the first character and of the one after the last, UTF-16 units from 0. */
export type Span = readonly [start: number, end: number];

/** A value of a document with where it and its parts stand. Maps of the value have no prototype. */
export interface YamlTree {
  readonly value: unknown;
  readonly span: Span;
  /** The key of a map's entry. */
  readonly keySpan?: Span;
  /** As written: of a plain scalar without quotes. */
  readonly plainText?: string;
  /** By key, or by index from 0. */
  readonly children?: ReadonlyMap<string | number, YamlTree>;
}

/**
 * Turns a parsed document into its value and places; linear in its size. An empty document is an empty map.
 *
 * @throws {YamlFaultError} on duplicate keys, keys that are not texts or numbers, and merge keys.
 */
export function buildTree(document: Document.Parsed, text: string): YamlTree {
  const contents = document.contents as Node | null;
  if (contents && !(isScalar(contents) && contents.value === null)) return treeOf(contents, text);
  const at = document.range[0];
  return { value: Object.create(null), span: [at, at], children: new Map() };
}

function treeOf(node: Node, text: string, keySpan?: Span): YamlTree {
  const [start, end] = node.range ?? [0, 0];
  // A key with nothing behind it has an empty value somewhere after it; people look at the key.
  const span = start === end && keySpan ? keySpan : spanOf(start, end, text);
  const place = { span, ...(keySpan && { keySpan }) };
  if (isMap(node)) return { ...place, ...mapOf(node, text) };
  if (isSeq(node)) return { ...place, ...listOf(node, text) };
  if (!isScalar(node) || isAlias(node)) throw fault('SL-YAML-UNSUPPORTED', 'Aliases are not read', place.span);
  const { source } = node;
  return { ...place, value: node.value, ...(node.type === 'PLAIN' && source !== undefined && { plainText: source }) };
}

function mapOf(map: YAMLMap, text: string): Pick<YamlTree, 'value' | 'children'> {
  const value: Record<string, unknown> = Object.create(null);
  const children = new Map<string | number, YamlTree>();
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const keySpan = spanOf(pair.key.range?.[0] ?? 0, pair.key.range?.[1] ?? 0, text);
    const key = keyOf(pair.key, keySpan);
    if (children.has(key)) {
      throw fault('SL-YAML-DUPLICATE-KEY', `The key ${quote(key)} stands twice in the same map`, keySpan);
    }
    const child = pair.value ? treeOf(pair.value, text, keySpan) : { value: null, span: keySpan, keySpan };
    value[key] = child.value;
    children.set(key, child);
  }
  return { value, children };
}

function keyOf(key: Node, span: Span): string {
  const value = isScalar(key) ? key.value : undefined;
  if (value === '<<') throw fault('SL-YAML-UNSUPPORTED', 'Merge keys (`<<`) are not read', span);
  if (value === '__proto__') throw fault('SL-YAML-BAD-KEY', 'The key `__proto__` is not allowed', span);
  if (typeof value === 'string') return value;
  if (isScalar(key) && key.source && value !== null) return key.source;
  throw fault('SL-YAML-BAD-KEY', 'A key must be a text, not a list, a map or nothing', span);
}

function listOf(list: YAMLSeq, text: string): Pick<YamlTree, 'value' | 'children'> {
  const trees = (list.items as Node[]).map((item) => treeOf(item, text));
  return { value: trees.map((tree) => tree.value), children: new Map(trees.entries()) };
}

/** The range of a block collection reaches to the start of what follows; people mean the text without the white space. */
function spanOf(start: number, end: number, text: string): Span {
  let last = end;
  // Not trimEnd: what JavaScript calls white space may be part of a YAML text.
  while (last > start && ' \t\r\n'.includes(text.charAt(last - 1))) last--;
  return [start, last];
}

function fault(code: YamlFaultError['fault']['code'], message: string, [start, end]: Span): YamlFaultError {
  return new YamlFaultError({ code, message, start, end });
}
