import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactor } from '../../src/server/redact.ts';
import { readableLog } from './fakes.ts';
import { KEY } from './key.ts';

const SECRETS = ['webhook "secret" one', 'pass@word', KEY];
const redact = redactor(SECRETS);

it.each([
  ['an installation token', 'token ghs_abcdefghijklmnopqrstuvwxyz0123456789 used'],
  ['a fine-grained token', 'github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'],
  ['a web token', 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjMifQ.c2lnbmF0dXJlLXRleHQ'],
  ['an authorization header', '{"authorization":"bearer abcdef123456"}'],
  ['a signature header', 'x-hub-signature-256: sha256=0123456789abcdef'],
  ['credentials in a URL', 'postgres://me:swordfish1@db:5432/x'],
  ['a private key that is nowhere configured', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
])('takes out %s', (_, text) => {
  expect(redact(text)).toContain('[redacted]');
  expect(redact(text)).not.toMatch(/abcdefghij|11ABCDEFG|eyJ|abcdef123456|0123456789abcdef|swordfish1|MIIE/);
});

it.each(SECRETS.map((secret) => [secret.slice(0, 20), secret]))(
  'takes out the configured secret %s in every spelling',
  (_, secret) => {
    for (const spelt of [
      secret,
      JSON.stringify(secret),
      encodeURIComponent(secret.trim()),
      Buffer.from(secret.trim()).toString('base64'),
    ]) {
      const text = redact(`before ${spelt} after`);
      expect(text).toContain('[redacted]');
      expect(text).not.toContain(secret.trim().slice(0, 12));
    }
  },
);

it('leaves ordinary text alone', () => {
  const text =
    'pull request 12 of acme/widgets at 3b18e512dba79e4c8300dd08aeb37f8e728b8dad: https://github.com/acme/widgets/pull/12';
  expect(redact(text)).toBe(text);
  expect(redactor(['', 'abc', '  '])('abc def')).toBe('abc def');
});

it('never lets a configured secret through, whatever stands around it', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      (before, after) => !redact(`${before}pass@word${after}`).includes('pass@word'),
    ),
  );
});

it('is what every line of the log passes through', () => {
  const { log, lines } = readableLog(SECRETS);
  log.info({ nested: { deep: 'webhook "secret" one' } }, 'a message with pass@word');
  log.error({ err: new Error('failed', { cause: new Error(`with ${KEY}`) }) }, 'error');
  const text = JSON.stringify(lines());
  expect(lines()).toHaveLength(2);
  expect(text).not.toMatch(/secret\\* one|pass@word|BEGIN RSA/);
});
