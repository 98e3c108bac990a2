import type { LanguageDefinition } from './language.ts';

export const BASH: LanguageDefinition = {
  language: 'bash',
  grammar: '@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm',
  query: `
    (comment) @comment
    (string) @string
    (raw_string) @string
    (ansi_c_string) @string
    (heredoc_body) @string
    (word) @string
    (command_substitution) @hole
    (command name: (_) @name) @call
    (variable_assignment name: (_) @target value: (_) @value)
    (function_definition name: (_) @function)`,
  imports: () => [],
  self: [],
  concatenation: /^$/,
};
