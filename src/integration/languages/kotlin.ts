import { dottedImport, type LanguageDefinition } from './language.ts';

export const KOTLIN: LanguageDefinition = {
  language: 'kotlin',
  grammar: './grammars/tree-sitter-kotlin.wasm',
  query: `
    (line_comment) @comment
    (block_comment) @comment
    (string_literal) @string
    (multiline_string_literal) @string
    (interpolation) @hole
    (import) @import
    (call_expression . (_) @name) @call
    (value_argument . (identifier) @key . (_) @value)
    (infix_expression . (_) @key . (identifier) . (_) @value)
    (assignment left: (_) @target right: (_) @value)
    (lambda_literal (assignment left: (_) @key right: (_) @value))
    (property_declaration (variable_declaration . (identifier) @target (user_type)? @type) (_)? @value)
    (class_parameter (identifier) @target (user_type) @type)
    (parameter (identifier) @target (user_type) @type)
    (function_declaration name: (_) @function)`,
  imports: dottedImport,
  self: ['this', 'super'],
  concatenation: /^\s*\+\s*$/,
  qualified: true,
};
