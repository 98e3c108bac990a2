import { loadCatalog } from './catalog.ts';
import { decode } from './decode.ts';
import { fileKind } from './file-kinds.ts';
import type { NotReadReason } from './integration.ts';
import { isSource } from './languages/languages.ts';
import { makePrefilters } from './prefilter.ts';
import { standInReason } from './stand-in.ts';

/** What a file's name and bytes tell without parsing: that it can hold no integration, that it may, or why it is not read. */
export type Sifted = 'holds_none' | 'may_hold' | NotReadReason;

/** Sifts one file. */
export function sift(path: string, bytes: Buffer): Sifted {
  const kind = fileKind(path);
  if (kind === undefined) return 'holds_none';
  const standIn = standInReason(bytes);
  if (standIn !== undefined) return standIn;
  shipped ??= makePrefilters(loadCatalog());
  const prefilter = isSource(kind) ? shipped.source : shipped.other;
  return prefilter.mayHold(searchable(bytes)) ? 'may_hold' : 'holds_none';
}

/** They do not change while a process runs. */
let shipped: ReturnType<typeof makePrefilters> | undefined;

/** The bytes; text in UTF-16 is written anew, since its letters do not stand side by side. */
function searchable(bytes: Buffer): Buffer {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfffe || mark === 0xfeff ? Buffer.from(decode(bytes), 'utf8') : bytes;
}
