import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS, type Scene, startScene } from './scene.ts';

const at = { owner: 'acme', repo: 'widgets' };
const ref = 'refs/heads/main';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ app: { permissions: { ...PERMISSIONS, security_events: 'write' } } });
});
afterAll(() => scene.github.close());

const head = () => scene.repository.refs.get(ref) ?? '';
const packed = (log: unknown) => gzipSync(typeof log === 'string' ? log : JSON.stringify(log)).toString('base64');

/** A log with that many results, all in one place or in none. */
function logOf(results: number, uri?: string) {
  const physicalLocation = { artifactLocation: { uri }, region: { startLine: 1 } };
  const result = { message: { text: 'x' }, locations: uri === undefined ? [] : [{ physicalLocation }] };
  const run = { tool: { driver: { name: 'Test' } }, results: Array.from({ length: results }, () => result) };
  return { version: '2.1.0', runs: [run] };
}

async function statusOf(sarif: string) {
  const { codeScanning } = scene.octokit.rest;
  const { data, status } = await codeScanning.uploadSarif({ ...at, commit_sha: head(), ref, sarif });
  expect(status).toBe(202);
  return (await codeScanning.getSarif({ ...at, sarif_id: data.id ?? '' })).data;
}

describe('code scanning', () => {
  it('takes SARIF and says so', async () => {
    expect(await statusOf(packed(logOf(2, 'a.py')))).toMatchObject({ processing_status: 'complete' });
  });

  it.each([
    ['what is not compressed', Buffer.from('{}').toString('base64'), 'incorrect header check'],
    ['what is no JSON', packed('{'), 'JSON'],
    ['what the schema refuses', packed({ version: '2.1.0' }), 'runs'],
    ['a result without a place', packed(logOf(1)), 'expected at least one location'],
    ['too many results', packed(logOf(25_001, 'a.py')), '25001 > 25000'],
  ])('refuses %s after it was sent', async (_, sarif, reason) => {
    const { processing_status, errors } = await statusOf(sarif);
    expect(processing_status).toBe('failed');
    expect(errors?.join()).toContain(reason);
  });

  it.each([
    [413, { sarif: randomBytes(10 * 1024 * 1024 + 1).toString('base64') }],
    [404, { commit_sha: '0'.repeat(40) }],
    [404, { ref: 'refs/heads/none' }],
  ])('answers %s at once', async (status, changes) => {
    const upload = { ...at, commit_sha: head(), ref, sarif: packed(logOf(0)), ...changes };
    await expect(scene.octokit.rest.codeScanning.uploadSarif(upload)).rejects.toMatchObject({ status });
  });

  it('refuses everything where it is off', async () => {
    scene.repository.codeScanning.isEnabled = false;
    await expect(statusOf(packed(logOf(0)))).rejects.toMatchObject({ status: 403 });
    scene.repository.codeScanning.isEnabled = true;
  });

  it('answers as GitHub describes it', () => {
    expect(scene.github.violations).toEqual([]);
    const asked = new Set(scene.github.requests.map(({ operation }) => operation));
    expect([...asked]).toEqual(expect.arrayContaining(['code-scanning/upload-sarif', 'code-scanning/get-sarif']));
  });
});
