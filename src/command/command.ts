import type { FileScanner } from '../integration/integration.ts';

/** Exit codes: nothing blocks; something blocks; bad usage or input. */
export const EXIT = { pass: 0, blocked: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command sees of the world; tests hand in plain objects. */
export interface CommandContext {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Today, for everything that is judged by date. */
  readonly now: () => Date;
  /** Asks a person; only there where one sits at a terminal. Undefined: the person would rather stop. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** A scanner that several command lines share; each makes its own without. */
  readonly scanner?: FileScanner;
  /** Begins to watch folders; what Ctrl-C does is the watcher's from then on. */
  readonly watcher?: () => FolderWatcher;
}

/** Tells of changes in folders; `cli.ts` has it from the file system, tests from a list. */
export interface FolderWatcher {
  /** Looks at these folders (absolute paths) and at no others. @returns whether one is new, where a change may have been missed */
  lookAt(folders: ReadonlySet<string>): boolean;
  /** Names of what has changed since the last call, once it came to rest; undefined where the person ended it. */
  nextChange(): Promise<readonly string[] | undefined>;
  readonly isEnded: boolean;
  close(): void;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** One option: `--name VALUE` (`value` is the placeholder shown in help) or a switch. `allowed` is checked by the frame. */
export interface OptionSpec {
  readonly description: string;
  readonly value?: string;
  readonly allowed?: readonly string[];
  readonly multiple?: boolean;
  readonly short?: string;
}

export interface ParsedOptions {
  /** The value of an option that takes one, the last if given twice. */
  text(name: string): string | undefined;
  /** All values of an option that may be given several times. */
  texts(name: string): readonly string[];
  has(name: string): boolean;
}

/** What a command does. `args` are what is left of the line without options. @throws {UsageError} for what a person can mend */
export type RunCommand = (
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
) => Promise<ExitCode>;

/** A command as data: its help, documentation and parsing come from here. `name` may have two words (`policy list`). */
export interface Command {
  readonly name: string;
  /** One line, without a capital and a full stop. */
  readonly summary: string;
  /** Placeholders of the arguments, e.g. `FILE…`. */
  readonly usage: string;
  readonly details?: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly examples: readonly { readonly command: string; readonly says: string }[];
  /** Help, a wrong option or another command must not wait for what this one needs. */
  readonly load: () => Promise<RunCommand>;
}

/** Bad usage or input that the person can mend: printed as `sightline: message`, then the remedy; exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
