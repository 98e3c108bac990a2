import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { readDeclaration } from '../../src/declaration/read-declaration.ts';
import { createScanner } from '../../src/integration/scanner.ts';

const scanner = createScanner();
afterAll(() => scanner.close());

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const SEARCH = `import boto3

rekognition = boto3.client("rekognition")


def who_is(image):
    return rekognition.search_faces_by_image(CollectionId="staff", Image={"Bytes": image})
`;
const DECLARATION = `id: gate
title: Gate
services: [aws_rekognition]
covers: ['gate/**']
facts:
  operator: private_entity
  capability: [face_identification]
`;

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-test-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function run(cwd: string, args: readonly string[], answers?: string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const ask = async (question: string) => {
    written.stdout += question;
    return answers?.shift() ?? '';
  };
  const context = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd,
    env: {},
    now: () => new Date('2026-11-22T00:00:00Z'),
    scanner,
    ...(answers === undefined ? {} : { ask }),
  };
  const exit = await runCommandLine(COMMAND_AREAS, context, args);
  return { exit, ...written };
}

describe('sightline inventory', () => {
  it('lists what is declared and what is not', async () => {
    const folder = repository({
      '.github/ai-use-cases/gate.yml': DECLARATION,
      'gate/a.py': SEARCH,
      'desk/b.py': SEARCH,
    });
    const { exit, stdout } = await run(folder, ['inventory', '--format', 'json', '.']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        use_cases: [
          {
            id: 'gate',
            facts: { operator: 'private_entity' },
            integrations: [{ path: 'gate/a.py', line: 7, capability: 'face_identification' }],
          },
        ],
        undeclared: [{ path: 'desk/b.py', provider: 'aws_rekognition', capability: 'face_identification' }],
        not_read: [],
      },
    ]);
  });

  it.each(['text', 'csv', 'markdown', 'cyclonedx'])('prints %s', async (format) => {
    const { exit, stdout } = await run(repository({ 'desk/b.py': SEARCH }), ['inventory', '--format', format, '.']);
    expect(exit).toBe(0);
    expect(stdout).toContain('aws_rekognition');
  });

  it('wants folders that are there', async () => {
    expect(await run(repository({}), ['inventory', 'nowhere'])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('nowhere is no folder'),
    });
    expect(await run(repository({}), ['inventory'])).toMatchObject({ exit: 2 });
  });
});

describe('sightline init', () => {
  const files = { 'services/gate/a.py': SEARCH, 'services/desk/b.py': SEARCH };

  it('writes declarations that can be read, and a configuration', async () => {
    const folder = repository(files);
    const { exit, stdout } = await run(folder, ['init', '--yes', '--owner', '@acme/vision']);
    expect(exit).toBe(0);
    expect(stdout).toContain('wrote .github/ai-use-cases/desk.yml');
    const path = '.github/ai-use-cases/gate.yml';
    const text = readFileSync(join(folder, path), 'utf8');
    const { useCases, problems } = readDeclaration({ path, text });
    expect(problems).toEqual([]);
    expect(useCases).toMatchObject([
      { id: 'gate', owners: ['@acme/vision'], services: ['aws_rekognition'], covers: ['services/gate/**'] },
    ]);
    expect(text).toContain('# operator:');
    expect(readFileSync(join(folder, '.github/sightline.yml'), 'utf8')).toContain('mode: enforce');
    const again = await run(folder, ['init', '--yes']);
    expect(again.stdout).toContain('Nothing to write');
  });

  it('leaves nothing undeclared behind', async () => {
    const folder = repository(files);
    await run(folder, ['init', '--yes']);
    const { stdout } = await run(folder, ['inventory', '--format', 'json', '.']);
    expect(JSON.parse(stdout)).toMatchObject([{ undeclared: [], problems: 0 }]);
  });

  it('writes nothing on a dry run, nor over a file that is there', async () => {
    const folder = repository({ ...files, '.github/ai-use-cases/gate.yml': 'id: [' });
    const dry = await run(folder, ['init', '--dry-run']);
    expect(dry.stdout).toContain('--- .github/ai-use-cases/desk.yml');
    expect(existsSync(join(folder, '.github/sightline.yml'))).toBe(false);
    await run(folder, ['init', '--yes']);
    expect(readFileSync(join(folder, '.github/ai-use-cases/gate.yml'), 'utf8')).toBe('id: [');
    expect(existsSync(join(folder, '.github/ai-use-cases/gate-2.yml'))).toBe(true);
  });

  it('asks where there is a terminal, and takes no for an answer', async () => {
    const folder = repository(files);
    const { stdout } = await run(folder, ['init'], ['@ada, @acme/vision', 'n']);
    expect(stdout).toContain('Who answers for these');
    expect(existsSync(join(folder, '.github'))).toBe(false);
    await run(folder, ['init'], ['@ada, @acme/vision', '']);
    expect(readFileSync(join(folder, '.github/ai-use-cases/desk.yml'), 'utf8')).toContain('  - "@acme/vision"');
  });
});
