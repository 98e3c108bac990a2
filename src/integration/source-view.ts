import type { Chain, PlacedChain } from './chain.ts';
import type { Import, LanguageDefinition } from './languages/language.ts';
import type { Span } from './span.ts';

/** A call or a construction. `segments`: the callee's chain, `client.detect_faces` as two. */
export interface Call extends Span {
  readonly segments: Chain;
  /** Where the last segment, the function's own name, starts and ends. */
  readonly name: Span;
  /** What stands behind the name: arguments, initialisers, trailing blocks. */
  readonly args: Span;
}

/** A keyword argument, named argument, property or pair of a literal. `key` without quotes, colons and `$`. */
export interface Pair extends Span {
  readonly key: string;
  readonly value: Span;
  /** Set on pairs within a string that holds JSON: where the string starts. */
  readonly group?: number;
}

/** An assignment, a declaration or a parameter. `segments` is what is assigned to: `this.client` as two. */
export interface Binding extends Span {
  readonly segments: Chain;
  readonly value?: Span;
  /** Chains of names within the written type. */
  readonly types: readonly Chain[];
}

/** How far before its name the receiver of a call is shown. */
const MAX_RECEIVER = 120;

/** Where a call stands for people: from its receiver, where that is on the same line, to its end. */
export function placeOfCall(view: SourceView, call: Call): Span {
  const before = view.text.slice(call.start, call.name.start);
  const near = before.length <= MAX_RECEIVER && !before.includes('\n');
  return { start: near ? call.start : call.name.start, end: call.end };
}

/** A string literal, or several that are concatenated. `value`: the text between the quotes as written, escapes and holes included. */
export interface Literal extends Span {
  readonly value: string;
}

/** What a source file says, as flat lists sorted by `start`. Made by `readSource`. */
export interface SourceView {
  readonly path: string;
  readonly definition: LanguageDefinition;
  readonly text: string;
  /** The text with the contents of strings and comments blanked; same offsets. */
  readonly code: string;
  readonly imports: readonly Import[];
  readonly calls: readonly Call[];
  readonly pairs: readonly Pair[];
  readonly bindings: readonly Binding[];
  readonly strings: readonly Literal[];
  /** The chains of names in `code`, whatever they are there for. */
  readonly chains: readonly PlacedChain[];
  /** Names of functions and methods that the file defines. */
  readonly functions: ReadonlySet<string>;
}
