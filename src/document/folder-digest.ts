import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Digest (SHA-256, hexadecimal) of the files below a folder whose path fits: what was shipped, whatever it is called. Type declarations
 * and source maps don't count.
 */
export function folderDigest(folder: URL, fits: (path: string) => boolean): string {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.pathname.length).replaceAll('\\', '/'))
    .filter((path) => !/\.d\.ts$|\.map$/.test(path) && fits(path));
  const hash = createHash('sha256');
  for (const path of paths.sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(new URL(path, folder)));
  return hash.digest('hex');
}
