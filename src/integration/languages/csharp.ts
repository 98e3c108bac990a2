import { dottedImport, type LanguageDefinition } from './language.ts';

export const CSHARP: LanguageDefinition = {
  language: 'csharp',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm',
  query: `
    (comment) @comment
    (string_literal) @string
    (verbatim_string_literal) @string
    (raw_string_literal) @string
    (interpolated_string_expression) @string
    (interpolation) @hole
    (using_directive) @import
    (invocation_expression function: (_) @name) @call
    (object_creation_expression type: (_) @name) @call
    (argument name: (_) @key (_) @value)
    (assignment_expression left: (_) @target right: (_) @value)
    (anonymous_object_creation_expression (identifier) @key . "=" . (_) @value)
    (anonymous_object_creation_expression ["{" ","] . (identifier) @key @value . ["," "}"])
    (anonymous_object_creation_expression (member_access_expression name: (_) @key) @value)
    (initializer_expression (assignment_expression left: (_) @key right: (_) @value))
    (variable_declaration type: (_) @type (variable_declarator name: (_) @target (_)? @value))
    (parameter type: (_) @type name: (_) @target)
    (parameter name: (_) @target . "=" . (_) @value)
    (property_declaration type: (_) @type name: (_) @target value: (_)? @value)
    (method_declaration name: (_) @function)
    (local_function_statement name: (_) @function)`,
  imports: dottedImport,
  self: ['this', 'base'],
  concatenation: /^\s*\+\s*$/,
  qualified: true,
  ignoreCase: true,
};
