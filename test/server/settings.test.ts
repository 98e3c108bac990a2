import { describe, expect, it } from 'vitest';
import { nodeVersionWarning } from '../../src/server/node-version.ts';
import { readSettings, SettingsError, secretsOf } from '../../src/server/settings.ts';
import { FEED_SECRET } from './feed/feed-kit.ts';
import { KEY } from './key.ts';

const GOOD = { APP_ID: '12', PRIVATE_KEY: KEY, WEBHOOK_SECRET: 'a secret' };
const FEED = { LEDGER_FEED_URL: 'https://siem.example.com/hook', LEDGER_FEED_SECRET: FEED_SECRET };

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings(env, () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

it('fills in everything that may be left out', () => {
  expect(readSettings(GOOD)).toEqual({
    appId: 12,
    privateKey: KEY.trim(),
    webhookSecrets: ['a secret'],
    store: './data/sightline.db',
    host: '0.0.0.0',
    port: 3000,
    webhookPath: '/api/github/webhooks',
    apiUrl: 'https://api.github.com',
    webUrl: 'https://github.com',
    logLevel: 'info',
    concurrency: 4,
    graceMs: 25_000,
    leaseMs: 60_000,
  });
});

describe('the private key', () => {
  it.each([
    ['as it is', { PRIVATE_KEY: KEY }],
    ['on one line', { PRIVATE_KEY: KEY.trim().replaceAll('\n', '\\n') }],
    ['in base64', { PRIVATE_KEY: Buffer.from(KEY).toString('base64') }],
    ['in a file', { PRIVATE_KEY: '', PRIVATE_KEY_PATH: 'key.pem' }],
  ])('is read %s', (_, env) => {
    expect(readSettings({ ...GOOD, ...env }, () => KEY).privateKey).toBe(KEY.trim());
  });
});

it('takes PostgreSQL, another GitHub, a second secret and every measure from the environment', () => {
  const settings = readSettings({
    ...GOOD,
    WEBHOOK_SECRET_PREVIOUS: 'the old one',
    DATABASE_URL: 'postgres://me:pass%40word@db/sightline',
    SIGHTLINE_STORE: 'ignored.db',
    GHE_HOST: 'github.example.com',
    PORT: '0',
    METRICS_TOKEN: 'for metrics',
    CONCURRENCY: '8',
    GRACE_SECONDS: '5',
    LOG_LEVEL: 'debug',
  });
  expect(settings).toMatchObject({
    webhookSecrets: ['a secret', 'the old one'],
    store: 'postgres://me:pass%40word@db/sightline',
    apiUrl: 'https://github.example.com/api/v3',
    port: 0,
    metricsToken: 'for metrics',
    concurrency: 8,
    graceMs: 5_000,
    logLevel: 'debug',
  });
  expect(secretsOf(settings)).toEqual(expect.arrayContaining(['a secret', 'the old one', 'for metrics', 'pass@word']));
});

describe('the ledger feed', () => {
  it.each([
    'https://siem.example.com/hook?code=abc',
    'http://localhost:8080',
    'http://127.0.0.1/',
    'http://[::1]:80/x',
  ])('goes to %s', (url) => {
    const settings = readSettings({ ...GOOD, ...FEED, LEDGER_FEED_URL: url });
    expect(settings.feed).toEqual({ url, secrets: [FEED_SECRET], kinds: 'overrides' });
  });

  it('signs with two secrets while they are rotated, keeps them out of the log, and sends verdicts when told', () => {
    const previous = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
    const settings = readSettings({
      ...GOOD,
      LEDGER_FEED_URL: 'https://siem.example.com/hook?code=abcdefgh',
      LEDGER_FEED_SECRET: FEED_SECRET,
      LEDGER_FEED_SECRET_PREVIOUS: previous,
      LEDGER_FEED_KINDS: 'all',
    });
    expect(settings.feed).toMatchObject({ secrets: [FEED_SECRET, previous], kinds: 'all' });
    expect(secretsOf(settings)).toEqual(
      expect.arrayContaining([FEED_SECRET, previous, 'abcdefgh', settings.feed?.url]),
    );
  });
});

describe('what is missing or wrong', () => {
  it('is named all at once, with the way to the set-up', () => {
    expect(problemsOf({})).toHaveLength(3);
    expect(() => readSettings({})).toThrow(/APP_ID[\s\S]*PRIVATE_KEY[\s\S]*WEBHOOK_SECRET[\s\S]*npm run setup/);
  });

  it.each([
    [{ APP_ID: 'twelve' }, /APP_ID is not a whole number/],
    [{ WEBHOOK_SECRET: ' ' }, /WEBHOOK_SECRET is missing/],
    [{ WEBHOOK_SECRET: 'development' }, /everybody knows/],
    [{ WEBHOOK_SECRET_PREVIOUS: 'development' }, /everybody knows/],
    [{ PRIVATE_KEY: 'not a key' }, /PRIVATE_KEY holds no readable/],
    [{ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: 'away.pem' }, /no file away.pem/],
    [{ DATABASE_URL: 'mysql://db' }, /DATABASE_URL is no PostgreSQL/],
    [{ PORT: '70000' }, /PORT is not a whole number from 0 to 65535/],
    [{ GHE_HOST: 'https://github.example.com/' }, /GHE_HOST is the name/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL is one of/],
    [{ CONCURRENCY: '0' }, /CONCURRENCY is not/],
    [{ LEDGER_FEED_URL: 'https://siem.example.com' }, /LEDGER_FEED_SECRET is missing.*openssl rand/],
    [{ LEDGER_FEED_SECRET: FEED_SECRET }, /LEDGER_FEED_URL is missing.*both, or neither/],
    [{ LEDGER_FEED_SECRET_PREVIOUS: FEED_SECRET }, /LEDGER_FEED_URL is missing/],
    [{ ...FEED, LEDGER_FEED_URL: 'siem.example.com' }, /LEDGER_FEED_URL is no address/],
    [{ ...FEED, LEDGER_FEED_URL: 'ftp://siem.example.com' }, /LEDGER_FEED_URL is not https/],
    [{ ...FEED, LEDGER_FEED_URL: 'http://siem.example.com' }, /names people.*localhost/],
    [{ ...FEED, LEDGER_FEED_URL: 'http://127.evil.example' }, /LEDGER_FEED_URL is not https/],
    [{ ...FEED, LEDGER_FEED_URL: 'https://me:hunter2@siem.example.com' }, /LEDGER_FEED_URL holds a user or password/],
    [{ ...FEED, LEDGER_FEED_SECRET: FEED_SECRET.slice(6) }, /LEDGER_FEED_SECRET is not whsec_/],
    [{ ...FEED, LEDGER_FEED_SECRET: 'whsec_c2hvcnQ=' }, /LEDGER_FEED_SECRET is not whsec_.*24 to 64/],
    [{ ...FEED, LEDGER_FEED_SECRET: `${FEED_SECRET}!` }, /LEDGER_FEED_SECRET is not whsec_/],
    [{ ...FEED, LEDGER_FEED_SECRET_PREVIOUS: 'old' }, /LEDGER_FEED_SECRET_PREVIOUS is not whsec_/],
    [{ ...FEED, LEDGER_FEED_KINDS: 'everything' }, /LEDGER_FEED_KINDS is overrides .* or all/],
  ])('%j', (env, problem) => {
    const problems = problemsOf({ ...GOOD, ...env });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('is named without its value, which may be a secret', () => {
    const env = {
      ...GOOD,
      PRIVATE_KEY: 'hunter2',
      DATABASE_URL: 'mysql://me:hunter2@db',
      PORT: 'hunter2',
      LEDGER_FEED_URL: 'http://me:hunter2@siem.example.com',
      LEDGER_FEED_SECRET: 'hunter2',
      LEDGER_FEED_KINDS: 'hunter2',
    };
    expect(problemsOf(env).join(' ')).not.toContain('hunter2');
  });
});

it.each([
  ['v20.20.2', '2026-04-30', false],
  ['v20.20.2', '2026-05-01', true],
  ['v24.21.0', '2026-11-22', false],
  ['v23.1.0', '2026-11-22', true],
  ['v99.0.0', '2026-11-22', false],
])('of Node %s on %s, warning is %s', (version, day, warns) => {
  const warning = nodeVersionWarning(version, new Date(`${day}T12:00:00Z`));
  expect(warning !== undefined).toBe(warns);
  if (warns) expect(warning).toContain('use Node 24 LTS');
});
