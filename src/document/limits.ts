/** How much of one document is read. Everything from a repository may be hostile; each limit is far above what people write. */
export interface Limits {
  /** Of the text, as UTF-8. */
  readonly bytes: number;
  /** Lists and maps inside each other. */
  readonly depth: number;
  /** YAML tokens (words, marks, line ends): what bounds the time, about 2 µs each with yaml 2.9.1. */
  readonly tokens: number;
  /** YAML documents in one file. */
  readonly documents: number;
}

/** For declarations, packs and configuration alike, where the caller does not say otherwise. */
export const DEFAULT_LIMITS: Limits = { bytes: 256 * 1024, depth: 32, tokens: 50_000, documents: 1 };

/** Problems listed for one file; the rest is counted. */
export const MAX_PROBLEMS = 50;
