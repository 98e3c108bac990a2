import type { Import, LanguageDefinition } from './language.ts';

/** `#include <a/b.h>`, Objective-C's `#import` of it, and `using namespace a::b;`. */
function cppImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const header = /^\s*#\s*(?:include|import)\s*[<"]([^>"\n]+)[>"]/.exec(statement)?.[1];
  if (header !== undefined) return [{ module: header }];
  const namespace = /^\s*using\s+(?:namespace\s+)?([\w:]+)/.exec(statement)?.[1];
  return namespace === undefined ? [] : [{ module: namespace }];
}

export const CPP: LanguageDefinition = {
  language: 'cpp',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-cpp.wasm',
  query: `
    (comment) @comment
    (string_literal) @string
    (raw_string_literal) @string
    (preproc_include) @import
    (preproc_call) @import
    (using_declaration) @import
    (call_expression function: (_) @name) @call
    (new_expression type: (_) @name) @call
    (declaration type: [(qualified_identifier) (type_identifier)] @name declarator: [(identifier) (function_declarator) (init_declarator)]) @call
    (initializer_pair designator: (_) @key value: (_) @value)
    (declaration type: (_) @type declarator: (_) @target)
    (field_declaration type: (_) @type declarator: (_) @target)
    (parameter_declaration type: (_) @type declarator: (_) @target)
    (init_declarator declarator: (_) @target value: (_) @value)
    (assignment_expression left: (_) @target right: (_) @value)
    (function_definition declarator: (function_declarator declarator: (_) @function))`,
  imports: cppImports,
  self: ['this'],
  concatenation: /^\s*\+?\s*$/,
};
