import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Catalog } from './catalog.ts';
import { CATALOG_FILE, type CatalogFile } from './catalog-format.ts';
import { PROMPTS_FILE } from './prompt-format.ts';
import { SHAPES_FILE, type Shape } from './shapes-format.ts';

const SHARED = new Set(['shapes.yml', 'prompts.yml']);

/**
 * Reads and checks the catalog's files (YAML, the project's own data), in the order of their names. For the build; a running process reads
 * what the build made of them with `loadCatalog`. Throws an error that names the file and the key if one does not keep to the format, or if
 * a provider names a shape that `shapes.yml` does not have.
 */
export function readCatalog(folder: URL): Catalog {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  const read = <T extends z.ZodType>(format: T, name: string) =>
    readFile(format, name, readFileSync(new URL(name, folder), 'utf8'));
  const shapes = read(SHAPES_FILE, 'shapes.yml');
  const providers = names.filter((name) => !SHARED.has(name)).map((name) => read(CATALOG_FILE, name));
  for (const provider of providers) checkProvider(provider, shapes);
  return { providers, shapes, prompts: read(PROMPTS_FILE, 'prompts.yml') };
}

function readFile<T extends z.ZodType>(format: T, name: string, text: string): z.output<T> {
  const result = format.safeParse(parse(text));
  if (!result.success) throw new Error(`catalog/${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}

function checkProvider(file: CatalogFile, shapes: Readonly<Record<string, Shape>>): void {
  for (const shape of file.multimodal?.shapes ?? []) {
    if (!Object.hasOwn(shapes, shape))
      throw new Error(`catalog/${file.provider}.yml: there is no shape '${shape}' in shapes.yml.`);
  }
  if (file.idiom === 'aws' && file.aws === undefined)
    throw new Error(`catalog/${file.provider}.yml: the idiom 'aws' needs the key 'aws' with the names of CLI and IAM.`);
}
