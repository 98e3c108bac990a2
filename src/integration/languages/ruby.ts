import type { LanguageDefinition } from './language.ts';

export const RUBY: LanguageDefinition = {
  language: 'ruby',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-ruby.wasm',
  query: `
    (comment) @comment
    (string) @string
    (heredoc_body) @string
    (subshell) @string
    (bare_string) @string
    (interpolation) @hole
    (call method: (_) @name) @call
    (pair key: (_) @key value: (_) @value)
    (pair key: (_) @key @value !value)
    (assignment left: (_) @target right: (_) @value)
    (operator_assignment left: (_) @target right: (_) @value)
    (method name: (_) @function)
    (singleton_method name: (_) @function)`,
  imports: () => [],
  importCalls: ['require', 'require_relative', 'gem'],
  self: ['self'],
  concatenation: /^\s*\+\s*$/,
};
