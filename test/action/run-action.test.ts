import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActionGitHub, type ActionRun, runAction } from '../../src/action/run-action.ts';
import { createScanner } from '../../src/integration/scanner.ts';

const SEARCH = `import boto3

rekognition = boto3.client("rekognition")
found = rekognition.search_faces_by_image(CollectionId="staff", Image={"Bytes": b""})
`;

const folder = mkdtempSync(join(tmpdir(), 'sightline-action-'));
const scanner = createScanner();
let base = '';
let head = '';

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      encoding: 'utf8',
    });
  git('add', '-A');
  git('commit', '-qm', 'x', '--allow-empty');
  return git('rev-parse', 'HEAD').trim();
}

beforeAll(() => {
  execFileSync('git', ['init', '-q', folder]);
  base = commit({ 'README.md': '# x\n' });
  head = commit({ 'desk/search.py': SEARCH });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await scanner.close();
});

async function run(event: unknown, env: Record<string, string> = {}, changes: Partial<ActionGitHub> = {}) {
  const said = {
    printed: '',
    summary: '',
    files: new Map<string, string>(),
    uploads: [] as { commitSha: string; sarif: string }[],
  };
  const github: ActionGitHub = {
    pullRequest: async () => ({ headSha: head, baseSha: base, ref: 'refs/pull/7/head' }),
    fileText: async () => undefined,
    fileTexts: async () => new Map(),
    uploadSarif: async (upload) => `upload-${said.uploads.push(upload)}`,
    sarifStatus: async () => ({ status: 'complete' }),
    ...changes,
  };
  const given: ActionRun = {
    env: { INPUT_PATH: folder, GITHUB_REPOSITORY: 'acme/app', ...env },
    event,
    github,
    scanner,
    now: new Date('2026-11-22T00:00:00Z'),
    print: (text) => (said.printed += text),
    appendSummary: (text) => (said.summary += text),
    writeFile: (path, text) => void said.files.set(path, text),
  };
  return { mayMerge: await runAction(given), ...said };
}

describe('the Action', () => {
  it('judges what a pull request brings, on its lines and in the summary', async () => {
    const { mayMerge, printed, summary } = await run({ pull_request: { number: 7 } });
    expect(mayMerge).toBe(false);
    expect(printed).toMatch(/^::error [^\n]*file=desk\/search\.py,line=4/m);
    expect(summary).toContain('desk/search.py');
  });

  it('takes the commits of a merge group', async () => {
    expect((await run({ merge_group: { base_sha: head, head_sha: head } })).mayMerge).toBe(true);
    expect((await run({ merge_group: { base_sha: base, head_sha: head } })).mayMerge).toBe(false);
  });

  it('judges the tree by itself on other events', async () => {
    expect((await run({ ref: 'refs/heads/main' })).mayMerge).toBe(false);
  });

  it('keeps to the configuration of the organisation', async () => {
    const fileText = async (owner: string, repository: string) =>
      `${owner}/${repository}` === 'acme/.github' ? 'mode: advise\n' : undefined;
    expect((await run({ pull_request: { number: 7 } }, {}, { fileText })).mayMerge).toBe(true);
  });

  it('judges by the policies of the organisation, too', async () => {
    const rules = new URL(
      '../../fixtures/pull-requests/policy-of-the-organisation/organisation/.github/ai-policies/acme-ai-rules.yml',
      import.meta.url,
    );
    const there = new Map([['.github/ai-policies/rules.yml', readFileSync(rules, 'utf8')]]);
    const asked: string[] = [];
    const { summary } = await run(
      { pull_request: { number: 7 } },
      {},
      {
        fileTexts: async (owner, repository, isWanted) => {
          asked.push(`${owner}/${repository}`);
          return new Map([...there].filter(([path]) => isWanted(path)));
        },
      },
    );
    expect(asked).toEqual(['acme/.github']);
    expect(summary).toContain('acme-ai-rules');
  });

  it('writes SARIF, and sends it where asked to', async () => {
    const { files, uploads } = await run(
      { pull_request: { number: 7 } },
      { INPUT_SARIF: 'x.sarif', INPUT_UPLOAD_SARIF: 'true' },
    );
    const written = JSON.parse(files.get('x.sarif') ?? '');
    expect(written.runs[0].results.length).toBeGreaterThan(0);
    expect(uploads).toMatchObject([{ commitSha: head, ref: 'refs/pull/7/head' }]);
    expect(JSON.parse(gunzipSync(Buffer.from(uploads[0]?.sarif ?? '', 'base64')).toString())).toEqual(written);
    expect((await run({ pull_request: { number: 7 } })).uploads).toEqual([]);
  });
});
