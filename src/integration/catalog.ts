import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CATALOG_FILE, type CatalogFile, SHAPES_FILE, type Shape } from './catalog-format.ts';
import { PROMPTS_FILE, type PromptRule } from './prompt-format.ts';

/** All that the scanners know of providers, as written; `compileCatalog` makes it fast. */
export interface Catalog {
  readonly providers: readonly CatalogFile[];
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly prompts: readonly PromptRule[];
  /** Digest of every catalog file: two equal digests find the same. */
  readonly digest: string;
}

const FOLDER = new URL('./catalog/', import.meta.url);
const SHARED = new Set(['shapes.yml', 'prompts.yml']);

/**
 * Reads the catalog's files (YAML, the project's own data). Throws an error that names the file and the key if one does not keep to the
 * format, or if a provider names a shape that `shapes.yml` does not have.
 */
export function loadCatalog(folder: URL = FOLDER): Catalog {
  if (folder !== FOLDER) return readCatalog(folder);
  shipped ??= readCatalog(FOLDER);
  return shipped;
}

/** It does not change while a process runs. */
let shipped: Catalog | undefined;

function readCatalog(folder: URL): Catalog {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  const hash = createHash('sha256');
  const texts = new Map(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  for (const [name, text] of texts) hash.update(`${name}\0${text}\0`);
  const read = <T extends z.ZodType>(format: T, name: string) => readFile(format, name, texts.get(name) ?? '');
  const shapes = new Map(Object.entries(read(SHAPES_FILE, 'shapes.yml')));
  const providers = names.filter((name) => !SHARED.has(name)).map((name) => read(CATALOG_FILE, name));
  for (const provider of providers) checkProvider(provider, shapes);
  return { providers, shapes, prompts: read(PROMPTS_FILE, 'prompts.yml'), digest: hash.digest('hex') };
}

function readFile<T extends z.ZodType>(format: T, name: string, text: string): z.output<T> {
  const result = format.safeParse(parse(text));
  if (!result.success) throw new Error(`catalog/${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}

function checkProvider(file: CatalogFile, shapes: ReadonlyMap<string, Shape>): void {
  for (const shape of file.multimodal?.shapes ?? []) {
    if (!shapes.has(shape))
      throw new Error(`catalog/${file.provider}.yml: there is no shape '${shape}' in shapes.yml.`);
  }
  if (file.idiom === 'aws' && file.aws === undefined)
    throw new Error(`catalog/${file.provider}.yml: the idiom 'aws' needs the key 'aws' with the names of CLI and IAM.`);
}
