import type { Language } from '../catalog-format.ts';
import type { Chain } from '../chain.ts';
import type { Span } from '../span.ts';

/** A module or namespace that a file imports. `local`: the name it goes by in the file, where it has one of its own. */
export interface Import extends Span {
  /** As the language writes it, without quotes: `azure.ai.vision.face`, `@aws-sdk/client-rekognition`, `Aws\Rekognition\RekognitionClient`. */
  readonly module: string;
  readonly local?: string;
}

/**
 * One programming language as data. `query` is a tree-sitter query whose captures all mean the same in every language:
 * - `@comment` comments, and strings that are only documentation;
 * - `@string` a string literal with its quotes; `@hole` code within one;
 * - `@import` a statement that `imports` reads;
 * - `@call` a call or construction with `@name`, the callee's expression;
 * - `@key` and `@value` of a keyword argument, named argument, property or pair;
 * - `@target` of an assignment or declaration with `@value`, `@type` or both;
 * - `@function` the name of a function or method that the file defines.
 */
export interface LanguageDefinition {
  readonly language: Language;
  /** Module path of the grammar, resolved as Node does, or a file in `grammars/`. */
  readonly grammar: string;
  readonly query: string;
  /** Reads the text of one import statement. */
  readonly imports: (statement: string) => readonly Omit<Import, 'start' | 'end'>[];
  /** Calls that import: `require('x')`. */
  readonly importCalls?: readonly string[];
  /** Names by which a method calls another of its own object. */
  readonly self: readonly string[];
  /** Joins strings. */
  readonly concatenation: RegExp;
  /** What lies in a module can be named in full, without an import: `new \A\B\C()`, `a.b.C.create()`, `crate::new()`. */
  readonly qualified?: true;
  /** Imports compare without regard to case. */
  readonly ignoreCase?: true;
}

/** `import a.b.c;`, `using static A.B;`, `import a.b.C as D`: one dotted name, an optional alias. */
export function dottedImport(statement: string): readonly Omit<Import, 'start' | 'end'>[] {
  const match =
    /^\s*(?:global\s+)?(?:import|using|@testable\s+import|(?:@\w+\s+)*import)\s+(?:static\s+|typealias\s+|struct\s+|class\s+|enum\s+|protocol\s+|func\s+|namespace\s+)?(?:([\w]+)\s*=\s*)?([\w.:*]+)(?:\s+as\s+(\w+))?/u.exec(
      statement,
    );
  if (match?.[2] === undefined) return [];
  const module = match[2].replace(/\.\*$/, '');
  const local = match[1] ?? match[3] ?? lastName(module);
  return [{ module, local }];
}

/** The last name of a dotted, coloned or slashed path. */
export function lastName(module: string): string {
  return module.split(/[./\\:]+/).at(-1) ?? module;
}

export type { Chain };
