import type { Import, LanguageDefinition } from './language.ts';

/** `import a.b as c, d` and `from a.b import (c as d, e)`: each name with the module it comes out of, dotted. */
function pythonImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const text = statement
    .replace(/[()\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const from = /^from ([\w.]+) import (.*)$/.exec(text);
  const names = (from?.[2] ?? text.replace(/^import /, '')).split(',').slice(0, 500);
  const found = names.flatMap((name) => {
    const [written = '', alias] = name.trim().split(' as ');
    if (!/^[\w.]+$/.test(written)) return [];
    const module = from?.[1] === undefined ? written : `${from[1]}.${written}`;
    return [{ module, local: alias?.trim() ?? (from ? written : String(written.split('.')[0])) }];
  });
  return from?.[1] === undefined ? found : [{ module: from[1] }, ...found];
}

export const PYTHON: LanguageDefinition = {
  language: 'python',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm',
  query: `
    (comment) @comment
    (expression_statement . (string) @comment .)
    (string) @string
    (interpolation) @hole
    (import_statement) @import
    (import_from_statement) @import
    (call function: (_) @name) @call
    (keyword_argument name: (_) @key value: (_) @value)
    (pair key: (_) @key value: (_) @value)
    (assignment left: (_) @target type: (_)? @type right: (_)? @value)
    (typed_parameter (identifier) @target type: (_) @type)
    (typed_default_parameter name: (_) @target type: (_) @type value: (_) @value)
    (default_parameter name: (_) @target value: (_) @value)
    (named_expression name: (_) @target value: (_) @value)
    (as_pattern (_) @value alias: (_) @target)
    (function_definition name: (_) @function)`,
  imports: pythonImports,
  importCalls: ['import_module', '__import__', 'importorskip'],
  self: ['self', 'cls'],
  concatenation: /^\s*(?:\+\s*)?$/,
};
