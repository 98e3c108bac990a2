import { CPP } from './cpp.ts';
import { CSHARP } from './csharp.ts';
import { DART } from './dart.ts';
import { GO } from './go.ts';
import { JAVA } from './java.ts';
import { JAVASCRIPT, TSX, TYPESCRIPT } from './javascript.ts';
import { KOTLIN } from './kotlin.ts';
import type { LanguageDefinition } from './language.ts';
import { PHP } from './php.ts';
import { PYTHON } from './python.ts';
import { RUBY } from './ruby.ts';
import { RUST } from './rust.ts';
import { SWIFT } from './swift.ts';

/** Every programming language that is parsed, by the name that `file-kinds.ts` gives to its files. */
export const LANGUAGE_TABLE = {
  python: PYTHON,
  javascript: JAVASCRIPT,
  typescript: TYPESCRIPT,
  tsx: TSX,
  csharp: CSHARP,
  java: JAVA,
  kotlin: KOTLIN,
  go: GO,
  ruby: RUBY,
  php: PHP,
  rust: RUST,
  swift: SWIFT,
  cpp: CPP,
  dart: DART,
} as const satisfies Record<string, LanguageDefinition>;
export type SourceKind = keyof typeof LANGUAGE_TABLE;

/** Whether a kind of file is source code in a language with a grammar. */
export function isSource(kind: string): kind is SourceKind {
  return Object.hasOwn(LANGUAGE_TABLE, kind);
}
