// Lets threads that a test starts load the sources as they are: Node 20 does not strip types by itself.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread, threadId } from 'node:worker_threads';

if (!isMainThread) register(import.meta.url);

// Every thread of every test file loads the same hundred modules: each text is compiled once.
const COMPILED = new URL('../../node_modules/.cache/sightline/', import.meta.url);
mkdirSync(COMPILED, { recursive: true });

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const text = await readFile(path, 'utf8');
  const known = new URL(`${createHash('sha256').update(text).digest('hex')}.mjs`, COMPILED);
  const source = await readFile(known, 'utf8').catch(() => compile(path, text, known));
  return { format: 'module', source, shortCircuit: true };
}

async function compile(path, text, known) {
  const { transformSync } = await import('rolldown/utils');
  const { code } = transformSync(path, text);
  const draft = new URL(`${known.href}.${process.pid}-${threadId}`);
  await writeFile(draft, code);
  await rename(draft, known);
  return code;
}
