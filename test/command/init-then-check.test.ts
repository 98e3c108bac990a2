import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { createScanner } from '../../src/integration/scanner.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/pull-requests');
const scanner = createScanner();
afterAll(() => scanner.close());

async function run(cwd: string, ...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const now = () => new Date('2026-11-22T00:00:00Z');
  const context = { stdout: output('stdout'), stderr: output('stderr'), cwd, env: {}, now, scanner };
  return { exit: await runCommandLine(COMMAND_AREAS, context, args), ...written };
}

interface Shown {
  readonly outcome: string;
  readonly findings: readonly { readonly kind: string; readonly level: string; readonly missingFacts?: unknown }[];
}

// What only people know stays open; what the code shows is declared, and every document can be read.
it.each([
  'rekognition-without-declaration',
  'search-in-go',
  'face-search-in-a-notebook',
  'face-library-as-dependency',
  'collection-in-terraform',
  'wildcard-permission',
  'all-attributes-of-a-face',
  'vendor-face-search-for-police',
  'plates-at-the-car-park',
  'comparison-in-a-workflow',
])('what init drafts for %s passes check but for facts that only people know', async (fixture) => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const side of ['base', 'head']) cpSync(join(FIXTURES, fixture, side), folder, { recursive: true });
  rmSync(join(folder, '.github/ai-use-cases'), { recursive: true, force: true });
  const before: Shown = JSON.parse((await run(folder, 'check', '.', '--format', 'json')).stdout);
  expect(before.findings.map(({ kind }) => kind)).toContain('undeclared_integration');
  expect((await run(folder, 'init', '.', '--yes', '--owner', '@acme/vision')).exit).toBe(0);
  const after: Shown = JSON.parse((await run(folder, 'check', '.', '--format', 'json')).stdout);
  const others = after.findings.filter(({ kind, level }) => kind !== 'policy' && level !== 'inform');
  expect(others).toEqual([]);
  expect(after.findings.filter(({ level }) => level === 'block')).toEqual([]);
});
