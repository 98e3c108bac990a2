/** One entry of the error catalogue: what a code means for whoever meets it, whatever the document. */
export interface ErrorCodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}
