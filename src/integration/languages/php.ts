import { type Import, type LanguageDefinition, lastName } from './language.ts';

/** `use A\B as C, D;` and `use A\{B, C as D};`. */
function phpImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const text = statement
    .replace(/^\s*use\s+(?:function\s+|const\s+)?/, '')
    .replace(/;\s*$/, '')
    .replace(/\s+/g, ' ');
  const group = /^([\w\\]+)\\ ?\{([^}]*)\}/.exec(text);
  const names = (group?.[2] ?? text).split(',').slice(0, 200);
  return names.flatMap((name) => {
    const [written = '', alias] = name.trim().split(/ as /i);
    if (!/^[\w\\]+$/.test(written)) return [];
    const module = (group?.[1] === undefined ? written : `${group[1]}\\${written}`).replace(/^\\/, '');
    return [{ module, local: alias ?? lastName(written) }];
  });
}

export const PHP: LanguageDefinition = {
  language: 'php',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-php.wasm',
  query: `
    (comment) @comment
    (string) @string
    (encapsed_string) @string
    (heredoc) @string
    (nowdoc) @string
    (namespace_use_declaration) @import
    (function_call_expression function: (_) @name) @call
    (member_call_expression name: (_) @name) @call
    (nullsafe_member_call_expression name: (_) @name) @call
    (scoped_call_expression name: (_) @name) @call
    (object_creation_expression . [(name) (qualified_name)] @name) @call
    (array_element_initializer . (_) @key . (_) @value)
    (argument name: (_) @key (_) @value)
    (assignment_expression left: (_) @target right: (_) @value)
    (property_declaration type: (_) @type (property_element name: (_) @target))
    (property_declaration (property_element name: (_) @target default_value: (_) @value))
    (property_promotion_parameter type: (_) @type name: (_) @target)
    (simple_parameter type: (_) @type name: (_) @target)
    (simple_parameter name: (_) @target default_value: (_) @value)
    (const_element . (_) @target . (_) @value)
    (function_definition name: (_) @function)
    (method_declaration name: (_) @function)`,
  imports: phpImports,
  self: ['$this', 'self', 'static', 'parent'],
  concatenation: /^\s*\.\s*$/,
  qualified: true,
};
