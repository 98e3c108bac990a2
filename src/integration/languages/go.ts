import { type Import, type LanguageDefinition, lastName } from './language.ts';

/** One import spec: `"a/b"`, `alias "a/b"`. The local name is the path's last part that is no version. */
function goImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const match = /^\s*(?:import\s+)?(?:([\w.]+)\s+)?["`]([^"`\n]+)["`]/.exec(statement);
  if (match?.[2] === undefined) return [];
  const path = match[2];
  const named = path.replace(/\/v\d+$/, '');
  return [{ module: path, local: match[1] ?? lastName(named).replace(/^go-/, '') }];
}

export const GO: LanguageDefinition = {
  language: 'go',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm',
  query: `
    (comment) @comment
    (interpreted_string_literal) @string
    (raw_string_literal) @string
    (import_spec) @import
    (call_expression function: (_) @name) @call
    (composite_literal type: (_) @name) @call
    (keyed_element key: (_) @key value: (_) @value)
    (short_var_declaration left: (_) @target right: (_) @value)
    (assignment_statement left: (_) @target right: (_) @value)
    (var_spec name: (_) @target type: (_)? @type value: (_)? @value)
    (const_spec name: (_) @target value: (_)? @value)
    (parameter_declaration name: (_) @target type: (_) @type)
    (field_declaration name: (_) @target type: (_) @type)
    (function_declaration name: (_) @function)
    (method_declaration name: (_) @function)`,
  imports: goImports,
  self: [],
  concatenation: /^\s*\+\s*$/,
};
