import { LANGUAGE_TABLE, type SourceKind } from './languages/languages.ts';
import type { KindScanner } from './scan-kind.ts';

/**
 * Scanners of files that are no source code (manifests, infrastructure, configuration, notebooks), one file each in `kinds/`, by the name
 * that `file-kinds.ts` gives to such files.
 */
export const KIND_TABLE = {} as const satisfies Record<string, KindScanner>;

export type KindName = SourceKind | keyof typeof KIND_TABLE;

/** The scanner of a kind that is no source code. */
export function kindScanner(kind: KindName): KindScanner | undefined {
  const table: Readonly<Record<string, KindScanner>> = KIND_TABLE;
  return Object.hasOwn(table, kind) ? table[kind] : undefined;
}

/** Whether a kind is source code in a language with a grammar. */
export function isSource(kind: KindName): kind is SourceKind {
  return Object.hasOwn(LANGUAGE_TABLE, kind);
}
