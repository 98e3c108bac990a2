import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { createScanner } from '../../src/integration/scanner.ts';
import { type TestRepository, testRepository } from '../git/kit.ts';

const scanner = createScanner();
afterAll(() => scanner.close());

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

async function run(
  args: readonly string[],
  more: { isTTY?: boolean; columns?: number; env?: Record<string, string>; cwd?: string } = {},
) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (written[name] += text),
    isTTY: more.isTTY,
    columns: more.columns,
  });
  const context = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: more.cwd ?? repository.folder,
    env: more.env ?? {},
    now: () => new Date('2024-06-03T10:00:00Z'),
    scanner,
  };
  const exit = await runCommandLine(COMMAND_AREAS, context, args);
  return { exit, ...written };
}

const SEARCH = `import boto3

client = boto3.client("rekognition")


def who(frame):
    return client.search_faces_by_image(CollectionId="staff", Image={"Bytes": frame})
`;

const DOOR = '.github/ai-use-cases/door.yml';
const MISSPELT = 'id: door\nservices: [self_hosted]\nfacts:\n  operator: private_entty\n  capability: []\n';

describe('sightline check', () => {
  it('shows the line, and what to do, of a call that nobody declared', async () => {
    repository.commit({ 'README.md': 'x' });
    repository.write({ 'src/match.py': SEARCH });
    const { exit, stdout, stderr } = await run(['check']);
    expect(exit).toBe(1);
    expect(stderr).toBe('');
    await expect(stdout).toMatchFileSnapshot('golden/check-undeclared.txt');
  });

  it('passes where nothing is new, and lists what the base has if it is asked', async () => {
    repository.commit({ [DOOR]: MISSPELT });
    const { exit, stdout } = await run(['check', '--base', 'HEAD', '--head', 'HEAD']);
    expect(exit).toBe(0);
    expect(stdout).toContain('Pass: Nothing new found in 1 use case and 0 integrations');
    expect(stdout).toMatch(/1 existing finding; --all\s+lists\s+them\./);
    expect((await run(['check', '--base', 'HEAD', '--all'])).stdout).toContain(`${DOOR}:4:13  `);
  });

  it.each(['json', 'sarif', 'markdown', 'github'])('writes %s', async (format) => {
    repository.commit({ [DOOR]: MISSPELT });
    const { exit, stdout } = await run(['check', '--format', format]);
    expect(exit).toBe(1);
    if (format === 'json' || format === 'sarif') expect(JSON.parse(stdout)).toBeTypeOf('object');
    expect(stdout).toContain('private_entty');
  });

  it('gives SARIF whose fingerprints stay where lines move, and change where the call does', async () => {
    repository.commit({ 'README.md': 'x' });
    const printsOf = async (text: string) => {
      repository.write({ 'src/match.py': text });
      const { runs } = JSON.parse((await run(['check', '--format', 'sarif'])).stdout);
      return runs[0].results.map((result: { readonly partialFingerprints: unknown }) => result.partialFingerprints);
    };
    const before = await printsOf(SEARCH);
    expect(before).toHaveLength(1);
    expect(await printsOf(`# Moved\n# down\n\n${SEARCH}`)).toEqual(before);
    expect(await printsOf(SEARCH.replace('search_faces_by_image', 'index_faces'))).not.toEqual(before);
  });

  it('colours a terminal only, and not against NO_COLOR', async () => {
    repository.commit({ [DOOR]: MISSPELT });
    const control = String.fromCharCode(27);
    expect((await run(['check'], { isTTY: true, columns: 80 })).stdout).toContain(control);
    expect((await run(['check'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(control);
    expect((await run(['check'])).stdout).not.toContain(control);
  });

  it('judges the whole repository from a folder within it', async () => {
    repository.commit({ [DOOR]: MISSPELT, 'docs/x.md': 'x' });
    expect((await run(['check'], { cwd: join(repository.folder, 'docs') })).stdout).toContain(DOOR);
  });

  it("holds to the organisation's floor", async () => {
    repository.commit({ [DOOR]: MISSPELT, '.github/sightline.yml': 'mode: advise\n' });
    expect((await run(['check'])).exit).toBe(0);
    writeFileSync(join(repository.folder, 'floor.yml'), 'mode: enforce\n');
    const { exit, stdout } = await run(['check', '--organisation', 'floor.yml']);
    expect(exit).toBe(1);
    expect(stdout).toContain('.github/sightline.yml:1:');
  });

  it("judges by the policies in a copy of the organisation's repository", async () => {
    const copy = fileURLToPath(
      new URL('../../fixtures/pull-requests/policy-of-the-organisation/organisation', import.meta.url),
    );
    const door = new URL('../head/.github/ai-use-cases/staff-door.yml', `file://${copy}/`);
    repository.commit({ [DOOR]: readFileSync(door, 'utf8') });
    const on = ['--on', '2026-11-01'];
    expect((await run(['check', ...on])).stdout).not.toContain('WORKPLACE');
    const { exit, stdout } = await run(['check', ...on, '--organisation', copy]);
    expect(exit).toBe(1);
    expect(stdout).toContain('WORKPLACE');
  });

  it.each([
    [['check', '--base', 'nope'], 'nope names no commit here.'],
    [['check', '--head', 'a b'], '"a b" cannot be the name of a commit.'],
    [['check', 'nowhere'], 'nowhere is no folder that can be read.'],
    [['check', '.', '.'], 'more than one PATH is given.'],
    [['check', '--on', '2024-13-01'], "--on can't be '2024-13-01'."],
    [['check', '--organisation', 'nowhere.yml'], "nowhere.yml can't be read: it is not there."],
    [['check', '--format', 'xml'], "--format can't be 'xml'."],
  ])('answers %j with exit 2', async (args, message) => {
    repository.commit({ 'README.md': 'x' });
    const { exit, stdout, stderr } = await run(args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('says how to come by the history that a shallow clone lacks', async () => {
    repository.commit({ 'README.md': 'x' });
    repository.commit({ 'README.md': 'y' });
    repository.git('clone', '-q', '--depth', '1', `file://${repository.folder}`, 'shallow');
    const { exit, stderr } = await run(['check', '--base', 'HEAD~1'], { cwd: join(repository.folder, 'shallow') });
    expect(exit).toBe(2);
    expect(stderr).toContain("'git fetch --unshallow'");
  });
});
