import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** What the processes load; the compiler follows their imports. */
const ENTRIES = ['store/open-store.ts', 'server/start-server.ts', 'server/log.ts', 'server/metrics.ts'];

export interface CompiledSource {
  readonly folder: string;
  remove(): void;
}

/** Compiles what a process of a test's own needs of src/, which Node 20 cannot run as it is. */
export function compileSource(): CompiledSource {
  // Inside of the project, so that the compiled files find node_modules.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.sightline-'));
  const settings = {
    extends: '../../tsconfig.json',
    compilerOptions: { noEmit: false, rootDir: '../../src', outDir: '.', noCheck: true },
    include: [],
    files: ENTRIES.map((entry) => `../../src/${entry}`),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  cpSync(join(ROOT, 'src', 'store', 'migrations'), join(folder, 'store', 'migrations'), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
