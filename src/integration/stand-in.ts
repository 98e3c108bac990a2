import type { NotReadReason } from './integration.ts';

/** First line of a pointer of Git LFS, which is all that git has of such a file: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/v1\n');

/** First bytes of a file encrypted by git-crypt: https://github.com/AGWA/git-crypt/blob/master/crypto.hpp and commands.cpp there */
const GIT_CRYPT = Buffer.from('\0GITCRYPT\0', 'latin1');

/** Why the bytes that git has of a file are not the file's own, so that having no word of the catalog says nothing; else `undefined`. */
export function standInReason(bytes: Buffer): NotReadReason | undefined {
  if (startsWith(bytes, LFS_POINTER)) return 'lfs_pointer';
  if (startsWith(bytes, GIT_CRYPT)) return 'encrypted';
  return undefined;
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.subarray(0, start.length).equals(start);
}
