import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
let isBuilt = false;

/** Compiles the local GitHub and what starts things around it to `build/test/`, once. */
export function buildLocalGitHub() {
  if (isBuilt) return;
  const run = (command, ...args) => execFileSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  run('npx', 'tsc', '-p', 'tsconfig.demo.json');
  run('node', 'scripts/copy-data.mjs', 'test/github', 'build/test/github');
  isBuilt = true;
}
