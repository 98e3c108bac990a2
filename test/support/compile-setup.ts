import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the compiled src/, for processes of a test's own: Node 20 cannot run it as it is. Empty: not asked for. */
    readonly compiledSource: string;
  }
}

const ROOT = join(import.meta.dirname, '../..');

/** Folders of the tests that start processes. */
const USERS = /end-to-end|command|action/;

/** Compiles src/ once for all tests that start the app as a process. */
export default function setup(project: TestProject): () => void {
  const filters = process.argv.slice(2).filter((argument) => argument.startsWith('test/'));
  const wanted = filters.length === 0 || filters.some((filter) => USERS.test(filter));
  const folder = wanted ? compile() : '';
  project.provide('compiledSource', folder);
  return () => {
    if (folder !== '') rmSync(dirname(folder), { recursive: true, force: true });
  };
}

function compile(): string {
  // Inside of the project, so that the compiled files find node_modules.
  const base = mkdtempSync(join(ROOT, 'node_modules', '.sightline-'));
  const folder = join(base, 'dist');
  mkdirSync(folder);
  // What stands beside dist/ in the package.
  for (const file of ['package.json', 'app.yml']) cpSync(join(ROOT, file), join(base, file));
  const settings = {
    extends: '../../../tsconfig.json',
    compilerOptions: { noEmit: false, rootDir: '../../../src', outDir: '.', noCheck: true },
    include: ['../../../src'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  cpSync(join(ROOT, 'src'), folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  execFileSync(process.execPath, [join(ROOT, 'scripts/write-data.mjs'), folder], { stdio: 'inherit' });
  return folder;
}
