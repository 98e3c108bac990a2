import type { Import, LanguageDefinition } from './language.ts';

/** `import 'package:a/b.dart' as c;`. */
function dartImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const match = /['"]([^'"\n]+)['"](?:\s+deferred)?(?:\s+as\s+(\w+))?/.exec(statement);
  if (match?.[1] === undefined) return [];
  return [match[2] === undefined ? { module: match[1] } : { module: match[1], local: match[2] }];
}

/** A call has no node of its own in this grammar: its arguments follow what is called as a sibling. */
export const DART: LanguageDefinition = {
  language: 'dart',
  grammar: '@repomix/tree-sitter-wasms/out/tree-sitter-dart.wasm',
  query: `
    (comment) @comment
    (documentation_comment) @comment
    (string_literal) @string
    (template_substitution) @hole
    (import_or_export) @import
    (_ (_) @name . (selector (argument_part)) @call)
    (const_object_expression (_) @name . (arguments) @call)
    (new_expression (_) @name . (arguments) @call)
    (named_argument (label (identifier) @key)) @value
    (pair key: (_) @key value: (_) @value)
    (initialized_identifier . (identifier) @target) @value
    (initialized_variable_definition name: (identifier) @target) @value
    (assignment_expression left: (_) @target right: (_) @value)
    (formal_parameter (type_identifier) @type name: (identifier) @target)
    (function_signature name: (identifier) @function)`,
  imports: dartImports,
  self: ['this', 'super'],
  concatenation: /^\s*(?:\+\s*)?$/,
};
