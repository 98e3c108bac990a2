import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isPostgres } from '../store/open-store.ts';
import { type FeedSettings, readFeedSettings, secretsOfFeed } from './feed/feed-settings.ts';
import { GITHUB_ADDRESS_ADVICE, type GitHubAddress, readGitHubAddress } from './github-address.ts';
import { type Environment, given } from './given.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

/** Everything that a server is told from outside. Secrets are in here: never log it whole. */
export interface Settings {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** The first is the present one; a delivery signed with any of them counts (rotation). */
  readonly webhookSecrets: readonly string[];
  /** `postgres://…`, or the path of an SQLite file. */
  readonly store: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly webhookPath: string;
  /** The REST API's address, without a slash at its end. */
  readonly apiUrl: string;
  /** Where people look at GitHub, without a slash at its end. */
  readonly webUrl: string;
  readonly logLevel: LogLevel;
  /** `/metrics` asks for it as a bearer token; absent: open. */
  readonly metricsToken?: string;
  /** Pull requests evaluated at a time. */
  readonly concurrency: number;
  /** How long SIGTERM waits for running evaluations, in milliseconds. */
  readonly graceMs: number;
  /** After so many milliseconds without a sign of life from its process a pull request is another's to evaluate. */
  readonly leaseMs: number;
  /** Absent: the ledger is sent nowhere. */
  readonly feed?: FeedSettings;
}

/** Settings that are missing or wrong; all of them at once, each with what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    super(
      `Sightline cannot start:\n${list}\n` +
        'Run `npm run setup` to register a GitHub App with the right webhook path, permissions and events; it writes these ' +
        'settings to .env.',
    );
    this.problems = problems;
  }
}

export const WEBHOOK_PATH = '/api/github/webhooks';
const DEFAULT_STORE = './data/sightline.db';

/** Probot's stand-in for a missing secret; known to everybody. */
const KNOWN_SECRET = 'development';

/**
 * Reads the settings from the environment.
 * @param readFile for PRIVATE_KEY_PATH
 * @throws SettingsError
 */
export function readSettings(
  env: Environment,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Settings {
  const problems: string[] = [];
  const metricsToken = given(env, 'METRICS_TOKEN');
  const address = gitHubAddress(env, problems);
  const feed = readFeedSettings(env, problems);
  const settings = {
    appId: wholeNumber(env, 'APP_ID', { least: 1 }, problems),
    privateKey: privateKey(env, readFile, problems),
    webhookSecrets: webhookSecrets(env, problems),
    store: storeLocation(env, problems),
    host: given(env, 'HOST') ?? '0.0.0.0',
    port: wholeNumber(env, 'PORT', { otherwise: 3000, least: 0, most: 65_535 }, problems),
    webhookPath: given(env, 'WEBHOOK_PATH') ?? WEBHOOK_PATH,
    apiUrl: address.api,
    webUrl: address.web,
    logLevel: logLevel(env, problems),
    ...(metricsToken === undefined ? {} : { metricsToken }),
    concurrency: wholeNumber(env, 'CONCURRENCY', { otherwise: 4, least: 1, most: 64 }, problems),
    graceMs: 1_000 * wholeNumber(env, 'GRACE_SECONDS', { otherwise: 25, least: 0, most: 600 }, problems),
    leaseMs: 1_000 * wholeNumber(env, 'LEASE_SECONDS', { otherwise: 60, least: 2, most: 600 }, problems),
    ...(feed === undefined ? {} : { feed }),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

/**
 * Where the store is, for commands that need nothing else.
 * @throws SettingsError
 */
export function readStoreLocation(env: Environment): string {
  const problems: string[] = [];
  const location = storeLocation(env, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  return location;
}

/** Everything in the settings that must never be seen: for the redaction. */
export function secretsOf(settings: Settings): readonly string[] {
  const password = isPostgres(settings.store) ? passwordOf(settings.store) : '';
  const feed = settings.feed ? secretsOfFeed(settings.feed) : [];
  return [...settings.webhookSecrets, settings.privateKey, settings.metricsToken ?? '', password, ...feed];
}

function wholeNumber(
  env: Environment,
  name: string,
  { otherwise, least, most = 2 ** 52 }: { readonly otherwise?: number; readonly least: number; readonly most?: number },
  problems: string[],
): number {
  const text = given(env, name);
  if (text === undefined && otherwise !== undefined) return otherwise;
  const number = Number(text);
  if (text !== undefined && Number.isInteger(number) && number >= least && number <= most) return number;
  const range = most === 2 ** 52 ? `a whole number from ${least} on` : `a whole number from ${least} to ${most}`;
  problems.push(text === undefined ? `${name} is missing: ${range}.` : `${name} is not ${range}.`);
  return least;
}

function privateKey(env: Environment, readFile: (path: string) => string, problems: string[]): string {
  const path = given(env, 'PRIVATE_KEY_PATH');
  try {
    const text = given(env, 'PRIVATE_KEY') ?? (path === undefined ? undefined : readFile(path));
    if (text === undefined) {
      problems.push('PRIVATE_KEY (or PRIVATE_KEY_PATH) is missing: the PEM file that GitHub made for the App.');
      return '';
    }
    const pem = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
    const unfolded = pem.replaceAll('\\n', '\n').trim();
    createPrivateKey(unfolded);
    return unfolded;
  } catch (error) {
    const unread = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const name = given(env, 'PRIVATE_KEY') === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
    problems.push(
      unread
        ? `${name}: there is no file ${path}.`
        : `${name} holds no readable private key: give the whole PEM text, also as one line with \\n or in base64.`,
    );
    return '';
  }
}

function webhookSecrets(env: Environment, problems: string[]): readonly string[] {
  const present = given(env, 'WEBHOOK_SECRET');
  const previous = given(env, 'WEBHOOK_SECRET_PREVIOUS');
  if (present === undefined) {
    problems.push('WEBHOOK_SECRET is missing: without it anybody could send events.');
  } else if (present === KNOWN_SECRET || previous === KNOWN_SECRET) {
    problems.push(
      `WEBHOOK_SECRET is "${KNOWN_SECRET}", which everybody knows: take a random one (openssl rand -hex 32).`,
    );
  }
  return [present, previous].filter((secret) => secret !== undefined);
}

function storeLocation(env: Environment, problems: string[]): string {
  const url = given(env, 'DATABASE_URL');
  if (url === undefined) return given(env, 'SIGHTLINE_STORE') ?? DEFAULT_STORE;
  // The value holds a password and is kept out of the message.
  if (!isPostgres(url) || !URL.canParse(url)) {
    problems.push('DATABASE_URL is no PostgreSQL address: postgres://user:password@host:5432/database.');
  }
  return url;
}

function gitHubAddress(env: Environment, problems: string[]): GitHubAddress {
  const address = readGitHubAddress(env);
  if (!address) problems.push(GITHUB_ADDRESS_ADVICE);
  return address ?? { api: '', web: '' };
}

function logLevel(env: Environment, problems: string[]): LogLevel {
  const level = given(env, 'LOG_LEVEL') ?? 'info';
  const known = LOG_LEVELS.find((each) => each === level);
  if (!known) problems.push(`LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}.`);
  return known ?? 'info';
}

function passwordOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).password);
  } catch {
    return '';
  }
}
