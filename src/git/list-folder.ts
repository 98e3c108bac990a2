import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that are never looked into where git does not say what belongs to the tree. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Entries listed below one folder. */
const MAX_ENTRIES = 500_000;

/** What stands below a folder, and what could not be listed. */
export interface FolderListing {
  /** Paths of the regular files below the folder, sorted, with forward slashes. */
  readonly files: readonly string[];
  /** Paths of what is neither file nor folder: links, sockets. */
  readonly others: readonly string[];
  /** What was not listed, with the reason as a sentence. */
  readonly notListed: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Lists what stands below a folder, but for `.git` and `node_modules`. Links are not followed. A folder that
 * itself can't be opened rejects with the system's error.
 */
export async function listFolder(folder: string, maxEntries = MAX_ENTRIES): Promise<FolderListing> {
  const files: string[] = [];
  const others: string[] = [];
  const notListed: { path: string; reason: string }[] = [];
  const open = [''];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (files.length + others.length >= maxEntries) {
      notListed.push({ path: current, reason: `Only the first ${maxEntries} files are listed.` });
      break;
    }
    const entries = await readdir(join(folder, current), { withFileTypes: true }).catch((error: unknown) => {
      if (current === '') throw error;
    });
    if (entries === undefined) notListed.push({ path: current, reason: 'The folder could not be opened.' });
    for (const entry of entries ?? []) {
      const path = current === '' ? entry.name : `${current}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      else if (!entry.isDirectory()) others.push(path);
      else if (!SKIPPED.has(entry.name)) open.push(path);
    }
  }
  return { files: files.sort(), others: others.sort(), notListed };
}
