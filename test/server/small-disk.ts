import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/**
 * A disk of so many megabytes, where this process may make one; undefined elsewhere, and the tests that want it are skipped aloud.
 * @param owner who may write there, if not this process
 */
export function smallDisk(megabytes: number, owner?: { readonly uid: number; readonly gid: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], { stdio: 'ignore' });
  } catch {
    console.log('A full disk: skipped (only root may mount a small one); a full store is tested beside it');
    rmSync(folder, { recursive: true });
    return undefined;
  }
  if (owner) chownSync(folder, owner.uid, owner.gid);
  afterAll(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Writes until nothing more fits. */
export function fill(file: string): void {
  for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('ENOSPC')) throw error;
    }
  }
}
