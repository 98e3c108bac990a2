import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the compiled src/, for processes of a test's own: Node 20 cannot run it as it is. Empty: not asked for. */
    readonly compiledSource: string;
  }
}

const ROOT = join(import.meta.dirname, '../..');

/** Compiles src/ once for all tests that start the app as a process. */
export default function setup(project: TestProject): () => void {
  const filters = process.argv.slice(2).filter((argument) => argument.startsWith('test/'));
  const wanted = filters.length === 0 || filters.some((filter) => filter.includes('end-to-end'));
  const folder = wanted ? compile() : '';
  project.provide('compiledSource', folder);
  return () => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  };
}

function compile(): string {
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
  return folder;
}
