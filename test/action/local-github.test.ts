import { expect, inject, it } from 'vitest';
import { sarifProblems } from '../report/sarif-validator.ts';
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
  expect(log).toMatch(/^::error title=Sightline could not judge this change::[^\n]*fetch-depth 0/m);
  expect(exit).toBe(1);
});
