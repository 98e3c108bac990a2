import { readFileSync } from 'node:fs';

/** Sightline's own version, out of its package; it stands beside `src/` and `dist/` alike. */
export function toolVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}
