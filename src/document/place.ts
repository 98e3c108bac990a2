/** A stretch of text. Lines and columns count from 1; columns are UTF-16 units; `endColumn` is the column after the last character, as in SARIF. */
export interface Range {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where something stands in a repository. `path` is relative to its root, with forward slashes. */
export interface Place {
  readonly path: string;
  readonly range: Range;
}

/** Something wrong with a document that a person wrote: what, where, why, and how to mend it. */
export interface Problem {
  /** A stable code out of the error catalogue, `SL-…`. */
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly place: Place;
  /** What is wrong and why, one sentence, plain text (not yet neutralised for Markdown). */
  readonly message: string;
  /** What to do next, one sentence, plain text. */
  readonly remedy: string;
  /** Set where the fix is exact: `range` of the same document is to be replaced by `text`. */
  readonly suggestion?: { readonly range: Range; readonly text: string };
}
