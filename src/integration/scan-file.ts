import type { CompiledCatalog } from './compiled-catalog.ts';
import { dataView } from './data-view.ts';
import { decode } from './decode.ts';
import { loadGrammar } from './grammars.ts';
import type { FileScan } from './integration.ts';
import { scriptsOnly } from './kinds/markup.ts';
import { type KindName, kindScanner } from './kinds.ts';
import { isSource, type SourceKind } from './languages/languages.ts';
import { TooMuchWork } from './read-source.ts';
import { integrationsOf } from './report-findings.ts';
import { type Found, Unparsable } from './scan-kind.ts';
import { scanSource, scanView } from './scan-source.ts';

/** Scans one file of a known kind, its limits of size already checked. Never throws for what the content holds. */
export async function scanFile(
  path: string,
  kind: KindName,
  content: Uint8Array,
  catalog: CompiledCatalog,
): Promise<FileScan> {
  const text = decode(content);
  try {
    const found = await findIn({ path, text }, kind, catalog);
    return { path, status: 'scanned', integrations: integrationsOf({ path, text }, found, catalog) };
  } catch (error) {
    if (error instanceof TooMuchWork) return { path, status: 'not_read', reason: 'too_complex', integrations: [] };
    if (error instanceof Unparsable) return { path, status: 'not_read', reason: 'unparsable', integrations: [] };
    throw error;
  }
}

async function findIn(
  file: { path: string; text: string },
  kind: KindName,
  catalog: CompiledCatalog,
): Promise<readonly Found[]> {
  if (isSource(kind)) {
    const own = scanSource(file.path, file.text, await loadGrammar(kind), catalog);
    const scripts = kind === 'php' ? scriptsOnly(file.text) : undefined;
    if (scripts === undefined) return own;
    return [...own, ...scanSource(file.path, scripts, await loadGrammar('typescript'), catalog)];
  }
  const scanner = kindScanner(kind);
  if (scanner === undefined) return [];
  const grammars = new Map(
    await Promise.all((scanner.grammars ?? []).map(async (one) => [one, await loadGrammar(one)] as const)),
  );
  const scanCode = (language: SourceKind, code: string) => {
    const grammar = grammars.get(language);
    if (grammar === undefined) throw new Error(`The kind '${kind}' must list the grammar '${language}'.`);
    return scanSource(file.path, code, grammar, catalog);
  };
  return scanner.scan(file, {
    catalog,
    scanCode,
    scanData: (strings, pairs) => scanView(dataView(file.path, file.text, strings, pairs), catalog),
  });
}
