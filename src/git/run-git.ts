import { spawn } from 'node:child_process';

/** Git said no, or is not there; the message is its own first line, `remedy` what a person can do. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly remedy: string;
  constructor(
    message: string,
    remedy = 'Run the same with git itself; what it says there is to be mended first.',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** There is no git on this machine. */
export class NoGitError extends GitError {}

/** What git says of a refusal that a person can mend, and how. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^detected dubious ownership/,
    "It belongs to somebody else than who runs this. If you trust it: 'git config --global --add safe.directory PATH'.",
  ],
  [
    /promisor remote|^transport '.*' not allowed/,
    "The clone lacks contents (it is a partial one), and nothing is fetched here: 'git fetch --refetch --no-filter' brings them.",
  ],
];

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
    child.on('error', (error) =>
      reject(
        new NoGitError(`git could not be started (${error.message})`, 'Install git, and see that it is on the PATH.'),
      ),
    );
    child.on('close', resolve);
  });
  if (size > MAX_OUTPUT_BYTES) throw new GitError('git answered more than is read');
  if (code !== 0) throw refusal(complaint, code);
  return Buffer.concat(output);
}

function refusal(complaint: string, code: number | null): GitError {
  const message = complaint.split('\n')[0]?.replace(/^fatal: /, '') || `git ended with ${code ?? 'a signal'}`;
  return new GitError(message, REMEDIES.find(([says]) => says.test(message))?.[1]);
}
