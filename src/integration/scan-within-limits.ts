import { loadCatalog } from './catalog.ts';
import { type CompiledCatalog, compileCatalog } from './compiled-catalog.ts';
import type { FileScan, NotReadReason } from './integration.ts';
import { type KindName, kindScanner } from './kinds.ts';
import { scanFile } from './scan-file.ts';

/** Limits on what is parsed, where a kind of file has none of its own. */
export interface SizeLimits {
  /** Bytes. */
  readonly size: number;
  /** Bytes of the longest line; generated and minified files have longer ones. */
  readonly line: number;
}

/** It does not change while a thread runs. */
let shipped: CompiledCatalog | undefined;

/** Scans one file of a known kind with the shipped catalog; over a limit it is not read. */
export async function scanWithinLimits(
  path: string,
  kind: KindName,
  content: Uint8Array,
  limits: SizeLimits,
): Promise<FileScan> {
  const over = overLimit(content, { ...limits, ...kindScanner(kind)?.limits });
  if (over !== undefined) return { path, status: 'not_read', reason: over, integrations: [] };
  shipped ??= compileCatalog(loadCatalog());
  return scanFile(path, kind, content, shipped);
}

function overLimit(content: Uint8Array, { size, line }: SizeLimits): NotReadReason | undefined {
  if (content.length > size) return 'too_large';
  return longestLine(content) > line ? 'line_too_long' : undefined;
}

function longestLine(bytes: Uint8Array): number {
  let [longest, from] = [0, 0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    longest = Math.max(longest, at - from);
    from = at + 1;
  }
  return Math.max(longest, bytes.length - from);
}
