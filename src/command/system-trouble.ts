import { UsageError } from './command.ts';

/** What the system's codes mean to a person: https://nodejs.org/api/errors.html#common-system-errors */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it lies on a file system that is read-only',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EMFILE: 'too many files are open',
  ELOOP: 'it is a link that leads to itself',
};

/** The system's reason in words, of an error that it gave; undefined for others. */
export function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  return WORDS[String(error.code)];
}

/** An error of the file system as what a person can mend; undefined where it is none, or not known as one. */
export function systemTrouble(error: unknown): UsageError | undefined {
  const reason = reasonOf(error);
  if (reason === undefined || !(error instanceof Error) || !('path' in error)) return undefined;
  const isWriting = 'syscall' in error && /^(?:mkdir|write|rename|unlink|copyfile)/.test(String(error.syscall));
  return new UsageError(
    `${String(error.path)} can't be ${isWriting ? 'written' : 'read'}: ${reason}.`,
    'See to that, or name another place.',
  );
}
