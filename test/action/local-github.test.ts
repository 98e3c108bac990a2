import { describe, expect, inject, it } from 'vitest';
import { sarifProblems } from '../github/contract/sarif-problems.ts';
import { playAction } from './play-action.ts';

/** What changes with every pack is no matter of the Action. */
function steady(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replaceAll(/`[0-9a-f]{12}`/g, '`<digest>`')
    .replaceAll(/(?:\| `[^`]+` \| [^|]+ \| `<digest>` \|\n)+/g, '| <policies in force> |\n');
}

it('judges a pull request of the local GitHub: annotations, job summary, SARIF', { timeout: 60_000 }, async () => {
  const record = await playAction('body-camera-face-search', inject('compiledSource'), { sarif: 'sightline.sarif' });
  expect(record.exit).toBe(1);
  await expect(record.log).toMatchFileSnapshot('recorded/annotations.txt');
  await expect(steady(record.summary)).toMatchFileSnapshot('recorded/summary.md');
  expect(sarifProblems(record.sarif)).toEqual([]);
  expect(record.requests.every((request) => request.startsWith('GET /'))).toBe(true);
  expect(record.violations).toEqual([]);
});

it('lets pass what brings nothing', { timeout: 60_000 }, async () => {
  const { exit, log } = await playAction('nothing-of-interest', inject('compiledSource'));
  expect(log).toMatch(/^::notice title=Sightline::/m);
  expect(exit).toBe(0);
});

it('says what is missing where the checkout is shallow', { timeout: 60_000 }, async () => {
  const { exit, log } = await playAction('body-camera-face-search', inject('compiledSource'), {}, { shallow: true });
  expect(log).toMatch(
    /^::error title=Sightline could not judge this change::[^\n]*lacks a part of its history[^\n]*fetch-depth 0/m,
  );
  expect(exit).toBe(1);
});

describe('code scanning', () => {
  const FIXTURE = 'body-camera-face-search';
  const upload = { 'upload-sarif': 'true' };
  const permissions = { security_events: 'write' } as const;

  it('has what it is sent, for the pull request', { timeout: 60_000 }, async () => {
    const { exit, log, uploads, violations } = await playAction(FIXTURE, inject('compiledSource'), upload, {
      permissions,
    });
    expect(exit).toBe(1);
    expect(log).toMatch(/^Code scanning has the SARIF\.$/m);
    expect(uploads).toMatchObject([{ ref: 'refs/pull/1/head', errors: [] }]);
    expect(uploads[0]?.log?.runs[0]?.results?.length).toBeGreaterThan(1);
    expect(violations).toEqual([]);
  });

  it.each([
    ['is off', { permissions, codeScanning: false }, 'Code scanning is not enabled'],
    ['may not be written to', {}, 'Resource not accessible by integration'],
  ])('%s: a warning, beside the verdict', { timeout: 60_000 }, async (_, setting, said) => {
    const { exit, log, uploads } = await playAction(FIXTURE, inject('compiledSource'), upload, setting);
    expect(log).toContain(`::warning title=Code scanning does not have the SARIF::GitHub answered: ${said}`);
    expect(log).toContain('security-events: write');
    expect(log).not.toContain('could not judge');
    expect([exit, uploads]).toEqual([1, []]);
  });
});
