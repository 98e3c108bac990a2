/** A file, and what must be found in it: `provider capability`, sorted, without doubles. */
export interface Case {
  readonly what: string;
  readonly path: string;
  readonly text: string;
  readonly finds: readonly string[];
}
