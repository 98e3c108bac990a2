import type { Configuration } from './configuration.ts';
import type { WrittenConfiguration } from './configuration-schema.ts';
import type { KnownPolicy } from './known-policies.ts';

/** What resolving a key may ask, and where it complains. */
export interface KeyContext {
  readonly known: readonly KnownPolicy[];
  /** A repository tries to loosen: where in its document, and in what way (one sentence). */
  readonly complain: (path: readonly (string | number)[], message: string) => void;
}

/** One key of the configuration: what a layer does to the layer below it, and what a repository may do to the floor. */
export interface ConfigurationKey {
  /** As written; `mode` speaks for `enforce_from`, too. */
  readonly key: keyof WrittenConfiguration;
  /** What a repository may do where its organisation has a configuration; for the documentation. */
  readonly repositoryMay: string;
  /** Why the line is drawn there. */
  readonly because: string;
  /** The layer below with the written value in its place; the layer as it is where the key is not written. */
  replace(below: Configuration, written: WrittenConfiguration): Configuration;
  /** The organisation's floor with the written value where that is stricter; each attempt to loosen is complained of. */
  tighten(floor: Configuration, written: WrittenConfiguration, context: KeyContext): Configuration;
}
