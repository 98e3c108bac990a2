import { type Import, type LanguageDefinition, lastName } from './language.ts';

const MAX_USE_DEPTH = 8;

/** `use a::{b, c::{d as e}};` as `a::b`, `a::c::d` (local `e`). */
function rustImports(statement: string): Omit<Import, 'start' | 'end'>[] {
  const crate = /^\s*extern\s+crate\s+(\w+)/.exec(statement)?.[1];
  if (crate !== undefined) return [{ module: crate, local: crate }];
  const text = statement
    .replace(/^\s*(?:pub(?:\([^)]*\))?\s+)?use\s+/, '')
    .replace(/;\s*$/, '')
    .replace(/\s+/g, ' ');
  return useTree(text, '', 0);
}

function useTree(text: string, prefix: string, depth: number): Omit<Import, 'start' | 'end'>[] {
  const open = text.indexOf('{');
  if (open < 0 || depth > MAX_USE_DEPTH) return useName(text, prefix);
  const inner = text.slice(open + 1, text.lastIndexOf('}'));
  const path = prefix + text.slice(0, open).trim();
  return splitTop(inner).flatMap((part) => useTree(part.trim(), path, depth + 1));
}

function useName(text: string, prefix: string): Omit<Import, 'start' | 'end'>[] {
  const [written = '', alias] = text.trim().split(' as ');
  const module = (prefix + written).replace(/(?:::\*|::self)$/, '').replace(/^::/, '');
  return module === '' ? [] : [{ module, local: alias ?? lastName(module) }];
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

export const RUST: LanguageDefinition = {
  language: 'rust',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm',
  query: `
    (line_comment) @comment
    (block_comment) @comment
    (string_literal) @string
    (raw_string_literal) @string
    (use_declaration) @import
    (extern_crate_declaration) @import
    (call_expression function: (_) @name) @call
    (macro_invocation macro: (_) @name) @call
    (struct_expression name: (_) @name) @call
    (field_initializer field: (_) @key value: (_) @value)
    (shorthand_field_initializer (identifier) @key @value)
    (let_declaration pattern: (_) @target type: (_)? @type value: (_)? @value)
    (const_item name: (_) @target type: (_)? @type value: (_)? @value)
    (static_item name: (_) @target type: (_)? @type value: (_)? @value)
    (assignment_expression left: (_) @target right: (_) @value)
    (parameter pattern: (_) @target type: (_) @type)
    (field_declaration name: (_) @target type: (_) @type)
    (function_item name: (_) @function)`,
  imports: rustImports,
  self: ['self', 'Self'],
  concatenation: /^\s*\+\s*&?\s*$/,
  qualified: true,
};
