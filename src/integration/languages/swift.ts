import { dottedImport, type LanguageDefinition } from './language.ts';

export const SWIFT: LanguageDefinition = {
  language: 'swift',
  grammar: '@repomix/tree-sitter-wasms/out/tree-sitter-swift.wasm',
  query: `
    (comment) @comment
    (multiline_comment) @comment
    (line_string_literal) @string
    (multi_line_string_literal) @string
    (raw_string_literal) @string
    (interpolated_expression) @hole
    (import_declaration) @import
    (call_expression . (_) @name) @call
    (value_argument name: (_) @key value: (_) @value)
    (dictionary_literal key: (_) @key . value: (_) @value)
    (property_declaration name: (_) @target (type_annotation)? @type value: (_)? @value)
    (assignment target: (_) @target result: (_) @value)
    (parameter (simple_identifier) @target (user_type) @type)
    (function_declaration name: (simple_identifier) @function)`,
  imports: dottedImport,
  self: ['self', 'super', 'Self'],
  concatenation: /^\s*\+\s*$/,
};
