import { spawn, spawnSync } from 'node:child_process';

/** A command line as a person types it, and what happens after. */
export interface Typed {
  readonly line: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** What is typed, or done, once the screen shows something that it did not show before. */
  readonly answers?: readonly Answer[];
}

export interface Answer {
  readonly after: string;
  readonly type?: string;
  /** Done meanwhile by somebody else. */
  readonly act?: (folder: string, shown: string) => void;
}

export interface Shown {
  readonly stdout: string;
  /** Empty for a terminal, which shows both as one. */
  readonly stderr: string;
  readonly exit: number | null;
}

/** Width and height of the terminal. */
const SIZE = { columns: 80, rows: 40 } as const;

/** Whether util-linux's `script` is here, which makes a pseudo-terminal: https://man7.org/linux/man-pages/man1/script.1.html */
export function hasTerminal(): boolean {
  return spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;
}

/** Runs a line in a shell whose output nobody looks at while it comes. */
export function inPipe(typed: Typed): Promise<Shown> {
  return run('sh', ['-c', typed.line], typed);
}

/** Runs a line in a pseudo-terminal of `SIZE`. */
export function inTerminal(typed: Typed): Promise<Shown> {
  // The shell must not die of the Ctrl-C that is meant for the command.
  const line = `stty columns ${SIZE.columns} rows ${SIZE.rows}; trap : INT; ${typed.line}`;
  return run('script', ['--quiet', '--flush', '--return', '--command', line, '/dev/null'], typed);
}

async function run(program: string, args: readonly string[], { folder, env, answers = [] }: Typed): Promise<Shown> {
  const child = spawn(program, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const shown = { stdout: '', stderr: '' };
  const left = [...answers];
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown.stdout += text;
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const at = shown.stdout.indexOf(next.after, seen);
      if (at < 0) break;
      left.shift();
      seen = at + next.after.length;
      if (next.type !== undefined) child.stdin.write(next.type);
      next.act?.(folder, shown.stdout);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    shown.stderr += text;
  });
  // It may end before it has read what was typed.
  child.stdin.on('error', () => undefined);
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { ...shown, exit };
}
