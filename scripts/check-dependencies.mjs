// Looks at the lockfile: no install script, no package twice that must be one, no download address, every licence known.
// With --audit it also asks the registry for known vulnerabilities of what ships, and says aloud when it can't be asked.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('..', import.meta.url).pathname;
const LICENCES = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'MIT OR Apache-2.0',
  '(MIT OR CC0-1.0)',
  'MPL-2.0',
  'Python-2.0',
]);
/** Two copies of one of these means two meanings of one type or two registries at run time. */
const ONCE = [
  'probot',
  '@octokit/core',
  'yaml',
  'zod',
  'pino',
  'hono',
  'prom-client',
  '@opentelemetry/api',
  'web-tree-sitter',
];

const packages = Object.entries(JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')).packages).filter(
  ([path]) => path !== '',
);
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const complaints = [];

for (const [path, entry] of packages) {
  if (entry.hasInstallScript)
    complaints.push(`${path} has an install script: choose another package (newer npm blocks these).`);
  if (entry.resolved)
    complaints.push(
      `${path} names a download address: npm config set omit-lockfile-registry-resolved true, then npm install.`,
    );
  if (entry.license !== undefined && !LICENCES.has(entry.license))
    complaints.push(`${path} has the licence ${entry.license}: check it, then add it here.`);
}
for (const name of ONCE) {
  const copies = packages
    .filter(([path, entry]) => nameOf(path) === name && !entry.dev)
    .map(([path, entry]) => `${path}@${entry.version}`);
  if (copies.length > 1)
    complaints.push(`${name} is there ${copies.length} times (${copies.join(', ')}): pin one version.`);
}
if (process.argv.includes('--audit') && existsSync(`${ROOT}node_modules`)) {
  try {
    execFileSync('npm', ['audit', '--omit=dev', '--audit-level=moderate'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    console.log('npm audit: nothing known against what ships');
  } catch (error) {
    const output = `${error.stdout}${error.stderr}`;
    if (/audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|EAI_AGAIN/.test(output))
      console.log('npm audit: skipped, the registry does not answer audits');
    else complaints.push(`npm audit:\n${output}`);
  }
}
console.log(`${packages.length} packages looked at`);
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
