import { type Environment, given } from '../given.ts';
import { isLoopback } from '../is-loopback.ts';

/** What of the ledger goes out: the overrides' decisions, or the verdicts as well. */
export type FeedKinds = (typeof KINDS)[number];
const KINDS = ['overrides', 'all'] as const;

/** Where the ledger's entries are sent as they are written. Address and secrets must never be seen whole. */
export interface FeedSettings {
  /** Many receivers know their senders by a part of it: show its origin alone. */
  readonly url: string;
  /** `whsec_…`; the first is the present one, every message is signed with all of them (rotation). */
  readonly secrets: readonly string[];
  readonly kinds: FeedKinds;
}

/** The specification's bounds of a secret: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

const MAKE_ONE = 'make one: echo "whsec_$(openssl rand -base64 32)".';

/** The feed's settings; undefined: it is off. What is wrong with them is added to `problems`, without its value. */
export function readFeedSettings(env: Environment, problems: string[]): FeedSettings | undefined {
  const url = given(env, 'LEDGER_FEED_URL');
  const secrets = ['LEDGER_FEED_SECRET', 'LEDGER_FEED_SECRET_PREVIOUS'].flatMap((name) =>
    secretIn(env, name, problems),
  );
  const kinds = kindsIn(env, problems);
  if (url === undefined) {
    if (secrets.length > 0) {
      problems.push('LEDGER_FEED_URL is missing, which LEDGER_FEED_SECRET is for: set both, or neither.');
    }
    return undefined;
  }
  if (given(env, 'LEDGER_FEED_SECRET') === undefined) {
    problems.push(`LEDGER_FEED_SECRET is missing: the receiver knows by it that a message is ours; ${MAKE_ONE}`);
  }
  const wrong = problemWith(url);
  if (wrong !== undefined) problems.push(`LEDGER_FEED_URL ${wrong}`);
  return { url, secrets, kinds };
}

/** What nobody may read in a log: the secrets, and what in the address may be one. */
export function secretsOfFeed({ url, secrets }: FeedSettings): readonly string[] {
  const { pathname, searchParams } = new URL(url);
  const whole = pathname === '/' ? [] : [url];
  return [...whole, ...searchParams.values(), ...secrets.map(keyPart), ...secrets];
}

/** The base64 of a secret's bytes. */
export function keyPart(secret: string): string {
  return secret.replace(/^whsec_/, '');
}

function problemWith(url: string): string | undefined {
  if (!URL.canParse(url)) return 'is no address: https://siem.example.com/hooks/sightline.';
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '') {
    return 'holds a user or password, which cannot be sent: messages are signed with LEDGER_FEED_SECRET instead.';
  }
  if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed))) return undefined;
  return 'is not https://: the ledger names people. Only to this machine itself (localhost) may it be http://.';
}

function secretIn(env: Environment, name: string, problems: string[]): readonly string[] {
  const secret = given(env, name);
  if (secret === undefined) return [];
  const bytes = Buffer.from(keyPart(secret), 'base64');
  const isWhole = bytes.toString('base64') === keyPart(secret);
  if (!secret.startsWith('whsec_') || !isWhole || bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
    problems.push(`${name} is not whsec_ and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} random bytes; ${MAKE_ONE}`);
  }
  return [secret];
}

function kindsIn(env: Environment, problems: string[]): FeedKinds {
  const text = given(env, 'LEDGER_FEED_KINDS') ?? 'overrides';
  const known = KINDS.find((each) => each === text);
  if (!known) problems.push('LEDGER_FEED_KINDS is overrides (decisions on overrides) or all (verdicts, too).');
  return known ?? 'overrides';
}
