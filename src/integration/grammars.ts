import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { LanguageDefinition } from './languages/language.ts';
import { LANGUAGE_TABLE, type SourceKind } from './languages/languages.ts';

export interface LoadedGrammar {
  readonly definition: LanguageDefinition;
  readonly parser: Parser;
  readonly query: Query;
}

const require = createRequire(import.meta.url);
const loaded = new Map<SourceKind, Promise<LoadedGrammar>>();
let started: Promise<void> | undefined;

/** Loads a language's grammar and query once per thread. Rejects only if the installation is broken. */
export function loadGrammar(kind: SourceKind): Promise<LoadedGrammar> {
  const known = loaded.get(kind);
  if (known !== undefined) return known;
  const loading = load(LANGUAGE_TABLE[kind]);
  loaded.set(kind, loading);
  return loading;
}

async function load(definition: LanguageDefinition): Promise<LoadedGrammar> {
  started ??= Parser.init();
  await started;
  const file = definition.grammar.startsWith('./')
    ? new URL(definition.grammar, import.meta.url)
    : require.resolve(definition.grammar);
  const language = await Language.load(await readFile(file));
  const parser = new Parser();
  parser.setLanguage(language);
  return { definition, parser, query: new Query(language, definition.query) };
}
