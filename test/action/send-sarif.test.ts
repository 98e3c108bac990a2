import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type CodeScanning, sendSarif } from '../../src/action/send-sarif.ts';

const SENT = { text: '{"version":"2.1.0","runs":[]}', commitSha: 'c'.repeat(40), ref: 'refs/pull/7/head' };

function refusal(status: number, message: string): Partial<CodeScanning> {
  return { uploadSarif: () => Promise.reject(Object.assign(new Error(message), { status })) };
}

async function send(changes: Partial<CodeScanning>, sent = SENT) {
  const uploads: unknown[] = [];
  const github: CodeScanning = {
    uploadSarif: async (upload) => {
      uploads.push({ ...upload, sarif: gunzipSync(Buffer.from(upload.sarif, 'base64')).toString() });
      return 'id';
    },
    sarifStatus: async () => ({ status: 'complete' }),
    ...changes,
  };
  return { line: await sendSarif(github, sent), uploads };
}

describe('SARIF for code scanning', () => {
  it('is sent compressed, in base64', async () => {
    const { line, uploads } = await send({});
    expect(line).toBe('Code scanning has the SARIF.\n');
    expect(uploads).toEqual([{ commitSha: SENT.commitSha, ref: SENT.ref, sarif: SENT.text }]);
  });

  it('is not waited for longer than that', async () => {
    expect((await send({ sarifStatus: async () => ({ status: 'pending' }) })).line).not.toContain('::');
  });

  it('is not sent where it is too large', async () => {
    const { line, uploads } = await send({}, { ...SENT, text: randomBytes(10_000_000).toString('hex') });
    expect(line).toContain('larger than the 10 MB');
    expect(uploads).toEqual([]);
  });

  it.each([
    [
      refusal(403, 'Resource not accessible by integration - https://docs.github.com/rest'),
      'integration. Give the job',
    ],
    [refusal(404, 'commit not found'), 'commit not found. The token cannot see'],
    [refusal(413, 'Payload Too Large'), 'It is larger than GitHub takes.'],
    [refusal(503, 'Service unavailable'), 'Service unavailable. Run the job again.'],
    [
      { sarifStatus: async () => ({ status: 'failed' as const, reason: 'no\n::error::x' }) },
      'read it: no%0A::error::x.',
    ],
  ])('that GitHub does not take is a warning that says what to do: %#', async (changes, said) => {
    const { line } = await send(changes);
    expect(line).toMatch(/^::warning title=Code scanning does not have the SARIF::[^\n]*\n$/);
    expect(line).toContain(said);
  });
});
