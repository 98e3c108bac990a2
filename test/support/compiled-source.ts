import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface CompiledSource {
  readonly folder: string;
  remove(): void;
}

/** Compiles src/ for processes of a test's own: Node 20 cannot run it as it is. */
export function compileSource(): CompiledSource {
  // Inside of the project, so that the compiled files find node_modules.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.sightline-'));
  const settings = {
    extends: '../../tsconfig.json',
    compilerOptions: { noEmit: false, rootDir: '../../src', outDir: '.', noCheck: true },
    include: ['../../src'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  cpSync(join(ROOT, 'src'), folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
