import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { RegisteredApp } from './registered-app.ts';

const ENV_FILE = '.env';

/** What every reader of such files takes without quotes: Node, systemd, Compose, `docker run --env-file`, `kubectl --from-env-file`. */
const PLAIN = /^[\w+/=:.@-]+$/;

/** Why settings of a new App cannot be written into a folder; undefined if they can. */
export function settingsInTheWay(folder: string): string | undefined {
  const envFile = join(folder, ENV_FILE);
  if (existsSync(envFile) && parseEnv(readFileSync(envFile, 'utf8')).APP_ID) return `${envFile} already has an APP_ID`;
  return undefined;
}

/** The lines of `.env` for an App, its key on one of them, in base64. `extra`: further settings. */
export function settingsLines(app: RegisteredApp, extra: Readonly<Record<string, string>>): string {
  const settings = {
    APP_ID: String(app.id),
    PRIVATE_KEY: Buffer.from(app.pem.trim()).toString('base64'),
    WEBHOOK_SECRET: app.webhook_secret,
    ...extra,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  return `# The GitHub App "${app.name.replace(/[^\x20-\x7e]/g, '?')}", ${app.html_url}\n${lines.join('\n')}\n`;
}

/** Writes key and settings into `folder`, readable by their owner only, and adds to a `.env` that is there. Gives the path. */
export function writeSettings(folder: string, app: RegisteredApp, extra: Readonly<Record<string, string>>): string {
  const envFile = join(folder, ENV_FILE);
  const before = existsSync(envFile) ? `${readFileSync(envFile, 'utf8').trimEnd()}\n\n` : '';
  writeFileSync(envFile, `${before}${settingsLines(app, extra)}`, { mode: 0o600 });
  chmodSync(envFile, 0o600);
  return envFile;
}

/** A value that needs quotes stands between some that it does not hold itself; there is no escape for them. */
function quoted(value: string): string {
  if (PLAIN.test(value)) return value;
  const quote = ['"', "'", '`'].find((each) => !value.includes(each));
  if (quote === undefined) throw new RangeError('A value with every kind of quote cannot stand in .env');
  return `${quote}${value}${quote}`;
}
