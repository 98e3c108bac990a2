import { spawn } from 'node:child_process';

/** Git said no, or is not there; the message is its own first line. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** A commit is asked for where there is no repository. */
export class NoRepositoryError extends GitError {}

/** A commit that a repository does not have; `isShallow`: it may be in the part of the history that was not fetched. */
export class UnknownCommitError extends GitError {
  readonly isShallow: boolean;
  constructor(message: string, isShallow: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isShallow = isShallow;
  }
}

/**
 * Settings that keep git from starting programs that a repository names (hooks, file system monitors, external diffs) and from asking
 * questions. https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsmonitor
 */
const SAFE = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.quotePath=false',
  '-c',
  'protocol.allow=never',
];

/** What one call may answer; a repository of 100,000 files lists in a tenth of it. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 120_000;

/**
 * Runs git in a folder without a shell; arguments are fixed or have been checked.
 *
 * @param input written to its standard input
 * @throws {GitError} if git is missing, fails, or answers more than `MAX_OUTPUT_BYTES`
 */
export async function runGit(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  const child = spawn('git', [...SAFE, '-C', folder, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_ATTR_NOSYSTEM: '1', LC_ALL: 'C' },
  });
  const output: Buffer[] = [];
  let size = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_OUTPUT_BYTES) child.kill();
    else output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < 2000) complaint += chunk.toString('utf8');
  });
  // A child that ends early closes its end; the exit code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new GitError(`git could not be started (${error.message})`)));
    child.on('close', resolve);
  });
  if (size > MAX_OUTPUT_BYTES) throw new GitError('git answered more than is read');
  if (code !== 0)
    throw new GitError(complaint.split('\n')[0]?.replace(/^fatal: /, '') || `git ended with ${code ?? 'a signal'}`);
  return Buffer.concat(output);
}
