import { loadCatalog } from '../../src/integration/catalog.ts';
import { compileCatalog } from '../../src/integration/compiled-catalog.ts';
import { fileKind } from '../../src/integration/file-kinds.ts';
import type { Integration } from '../../src/integration/integration.ts';
import { scanFile } from '../../src/integration/scan-file.ts';

export const CATALOG = compileCatalog(loadCatalog());

/** What a file of this path and text shows; throws where the path is of no kind or the file was not read. */
export async function scanText(path: string, text: string): Promise<readonly Integration[]> {
  const kind = fileKind(path);
  if (kind === undefined) throw new Error(`${path} is of no kind`);
  const scan = await scanFile(path, kind, new TextEncoder().encode(text), CATALOG);
  if (scan.status !== 'scanned') throw new Error(`${path} was not read: ${scan.reason}`);
  return scan.integrations;
}

/** `provider capability certainty` of what was found, with its line, sorted. */
export function told(found: readonly Integration[]): string[] {
  return found.map((one) => `${one.range.startLine} ${one.provider} ${one.capability} ${one.certainty}`).sort();
}
