import type { Place, Problem } from '../document/place.ts';
import type { Facts } from '../facts/fact.ts';

/** One intended use of AI as its owners declared it. */
export interface UseCase {
  readonly id: string;
  readonly title: string;
  readonly owners: readonly string[];
  /** Names out of the vocabulary's `services`; decides which policies apply. */
  readonly services: readonly string[];
  /** Globs, relative to the repository's root, of the code it answers for. */
  readonly covers: readonly string[];
  readonly facts: Facts;
  readonly description: string;
  /** The whole document's place; `places` has each entry that was written (from its key to the end of its value), by dotted path (`facts.operator`, `covers[0]`). */
  readonly place: Place;
  readonly places: ReadonlyMap<string, Place>;
}

/** One declaration file as read: the use cases that it states (none where it could not be read) and all that is wrong with it. */
export interface DeclarationFile {
  readonly path: string;
  readonly useCases: readonly UseCase[];
  readonly problems: readonly Problem[];
}
