import type { Import, LanguageDefinition } from './language.ts';

/** `import d, { a as b } from 'm'`, `import * as n from 'm'`, `export … from 'm'`, `import x = require('m')`. */
function javascriptImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const module = /['"]([^'"\n]+)['"][^'"]*$/.exec(statement)?.[1];
  if (module === undefined) return [];
  const clause = statement.slice(0, statement.lastIndexOf(module)).replace(/\s+/g, ' ');
  const found: Omit<Import, 'start' | 'end'>[] = [{ module }];
  const whole = /^import (?:type )?(?:\* as )?([\w$]+)/.exec(clause)?.[1];
  if (whole !== undefined && whole !== 'from') found.push({ module, local: whole });
  const namespace = /\* as ([\w$]+)/.exec(clause)?.[1];
  if (namespace !== undefined) found.push({ module, local: namespace });
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  for (const name of braces.split(',').slice(0, 500)) {
    const match = /^\s*(?:type )?([\w$]+)(?: as ([\w$]+))?\s*$/.exec(name);
    if (match?.[1] !== undefined) found.push({ module: `${module}#${match[1]}`, local: match[2] ?? match[1] });
  }
  return found;
}

const COMMON = `
    (comment) @comment
    (string) @string
    (template_string) @string
    (template_substitution) @hole
    (import_statement) @import
    (export_statement source: (_)) @import
    (call_expression function: (_) @name) @call
    (new_expression constructor: (_) @name) @call
    (jsx_opening_element name: (_) @name) @call
    (jsx_self_closing_element name: (_) @name) @call
    (pair key: (_) @key value: (_) @value)
    (object (shorthand_property_identifier) @key @value)
    (jsx_attribute (property_identifier) @key (_) @value)
    (assignment_expression left: (_) @target right: (_) @value)
    (function_declaration name: (_) @function)
    (method_definition name: (_) @function)`;

const PLAIN = `${COMMON}
    (variable_declarator name: (_) @target value: (_) @value)
    (field_definition property: (_) @target value: (_) @value)
    (formal_parameters (assignment_pattern left: (_) @target right: (_) @value))`;

const TYPED = `
    (variable_declarator name: (_) @target type: (_)? @type value: (_)? @value)
    (public_field_definition name: (_) @target type: (_)? @type value: (_)? @value)
    (required_parameter pattern: (_) @target type: (_) @type)
    (required_parameter pattern: (_) @target value: (_) @value)
    (optional_parameter pattern: (_) @target type: (_) @type)`;

const base = {
  language: 'javascript',
  imports: javascriptImports,
  importCalls: ['require', 'import'],
  self: ['this'],
  concatenation: /^\s*\+\s*$/,
} as const;

export const JAVASCRIPT: LanguageDefinition = {
  ...base,
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-javascript.wasm',
  query: PLAIN,
};

export const TYPESCRIPT: LanguageDefinition = {
  ...base,
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm',
  query:
    COMMON.split('\n')
      .filter((line) => !line.includes('jsx_'))
      .join('\n') + TYPED,
};

export const TSX: LanguageDefinition = {
  ...base,
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-tsx.wasm',
  query: COMMON + TYPED,
};
