import type { CompiledCatalog } from './compiled-catalog.ts';
import type { SourceKind } from './languages/languages.ts';
import type { Literal, Pair } from './source-view.ts';
import type { Span } from './span.ts';

/** What a scanner found at a place of a file, before it is made an `Integration` (place, evidence and service are added by `report-findings.ts`). */
export interface Found extends Span {
  /** Provider id. */
  readonly provider: string;
  readonly capability: string;
  readonly certainty: 'seen' | 'potential';
  readonly facts: Readonly<Record<string, readonly string[] | number>>;
  /** The part of the entry's name behind the provider's: `SearchFacesByImage`. */
  readonly entry: string;
  /** Only the provider shows (a bare client, a dependency): dropped where the file shows more of the same provider. */
  readonly bare?: true;
}

/** A file as text. Offsets in `Found` are UTF-16 offsets into `text`. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What a scanner may use beside the file. */
export interface ScanContext {
  readonly catalog: CompiledCatalog;
  /** Scans source code out of a larger file (a notebook's cell, a script in a workflow); offsets count from the code's own start. */
  readonly scanCode: (kind: SourceKind, code: string) => readonly Found[];
  /** Matches strings and keys of a data file as those of source code: hosts, paths, fragments, permissions, message parts, prompts. */
  readonly scanData: (strings: readonly Literal[], pairs: readonly Pair[]) => readonly Found[];
}

/**
 * One kind of file, registered in `kinds.ts`. Runs in a worker: pure, bounded, linear in the text's length; may throw `Unparsable` for a file
 * that it can't make sense of (reported as not read).
 */
export interface KindScanner {
  /** Bytes of a file and of its longest line, where the kind's files are larger by nature and its reader is fast. */
  readonly limits?: { readonly size: number; readonly line: number };
  /** Grammars that `scanCode` will be asked for. */
  readonly grammars?: readonly SourceKind[];
  readonly scan: (file: TextFile, context: ScanContext) => readonly Found[];
}

/** A file that its scanner could not make sense of. */
export class Unparsable extends Error {}
