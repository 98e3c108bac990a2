import { lstat, open, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILE_BYTES } from './state-reader.ts';

/**
 * A file below a folder as git would keep it, its first `MAX_FILE_BYTES`: of a symbolic link, the path that is written in it; nothing that
 * lies behind one. Rejects where there is no file: a pipe would never end.
 *
 * @param path relative to the folder, with forward slashes
 */
export async function readOwnFile(folder: string, path: string): Promise<Buffer> {
  const names = path.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    const above = await lstat(join(folder, ...names.slice(0, depth)));
    if (!above.isDirectory()) throw new Error(`${path} lies behind what is no folder`);
  }
  const whole = join(folder, ...names);
  const found = await lstat(whole);
  if (found.isSymbolicLink()) return Buffer.from(await readlink(whole));
  if (!found.isFile()) throw new Error(`${path} is no file`);
  const file = await open(whole);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(found.size, MAX_FILE_BYTES)));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
