import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { NewFile } from '../actions/repositories.ts';

export type Files = ReadonlyMap<string, NewFile>;

/** A folder's files by path relative to it; symbolic links stay links. An absent folder is empty. */
export function readFiles(root: string): Map<string, NewFile> {
  if (!existsSync(root)) return new Map();
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const files = new Map<string, NewFile>();
  for (const path of paths) {
    const full = join(root, path);
    const status = lstatSync(full);
    const name = path.replaceAll('\\', '/');
    if (status.isSymbolicLink()) files.set(name, { mode: '120000', content: readlinkSync(full) });
    else if (status.isFile()) files.set(name, readFileSync(full));
  }
  return files;
}
