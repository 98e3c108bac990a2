import { dottedImport, type LanguageDefinition } from './language.ts';

export const JAVA: LanguageDefinition = {
  language: 'java',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm',
  query: `
    (line_comment) @comment
    (block_comment) @comment
    (string_literal) @string
    (import_declaration) @import
    (method_invocation name: (_) @name) @call
    (object_creation_expression type: (_) @name) @call
    (variable_declarator name: (_) @target value: (_) @value)
    (local_variable_declaration type: (_) @type declarator: (variable_declarator name: (_) @target))
    (field_declaration type: (_) @type declarator: (variable_declarator name: (_) @target))
    (formal_parameter type: (_) @type name: (_) @target)
    (assignment_expression left: (_) @target right: (_) @value)
    (method_declaration name: (_) @function)`,
  imports: dottedImport,
  self: ['this', 'super'],
  concatenation: /^\s*\+\s*$/,
  qualified: true,
};
