import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Source } from '../document/read-document.ts';
import { listFolder } from '../git/list-folder.ts';
import { type CommandContext, UsageError } from './command.ts';
import { reasonOf } from './system-trouble.ts';

/** A file beyond this is not read at all: documents that people write have a few kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads files, and in folders the files that `isWanted` (by absolute path, without the first slash), in the order given; paths
 * are as the person would write them from the working directory.
 *
 * @throws {UsageError} if a file is not there, can't be read or is too large.
 */
export async function readSources(
  context: CommandContext,
  paths: readonly string[],
  isWanted: (path: string) => boolean,
): Promise<Source[]> {
  const sources: Source[] = [];
  for (const path of paths) {
    const absolute = resolve(context.cwd, path);
    const isFolder = await stat(absolute).then(
      (found) => found.isDirectory(),
      () => false,
    );
    const files = isFolder ? await filesBelow(context, absolute) : [absolute];
    for (const file of files) {
      if (!isFolder || isWanted(slashed(file).replace(/^\//, ''))) sources.push(await readSource(context, file));
    }
  }
  return sources;
}

async function filesBelow({ cwd }: CommandContext, folder: string): Promise<string[]> {
  const { files, notListed } = await listFolder(folder);
  for (const { path, reason } of notListed)
    throw new UsageError(
      `${slashed(relative(cwd, join(folder, path))) || '.'}: ${reason}`,
      'Name the files, or a folder that can be read whole.',
    );
  return files.map((path) => join(folder, path));
}

async function readSource({ cwd }: CommandContext, absolute: string): Promise<Source> {
  const path = slashed(relative(cwd, absolute));
  try {
    const { size } = await stat(absolute);
    if (size > MAX_BYTES)
      throw new UsageError(`${path} has ${size} bytes.`, `Files of at most ${MAX_BYTES} bytes are read.`);
    return { path, text: await readFile(absolute, 'utf8') };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${path} can't be read: ${reasonOf(error) ?? 'the reason is not known'}.`,
      'Give the path of a file that is there and readable.',
    );
  }
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
