import { oneLine } from '../report/neutralise.ts';
import { painter } from '../report/terminal/paint.ts';
import { type CommandContext, type ExitCode, type FolderWatcher, UsageError } from './command.ts';
import { terminalOf } from './terminal.ts';

/** What one look at a folder gave. */
export interface Judgement {
  readonly text: string;
  readonly exit: ExitCode;
  /** Absolute paths of the folders in which a change matters. */
  readonly folders: ReadonlySet<string>;
}

/** Clears the screen and what is above it: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** Paths named of those that changed. */
const MOST_NAMED = 3;

/**
 * Judges, and judges again whenever something changed, until the person ends it. A terminal is cleared before each report; elsewhere a
 * report follows the one before, and only where it differs.
 *
 * @returns the exit code of the last judgement
 * @throws {UsageError} where the first judgement does; later ones are shown, as the next change may mend them
 */
export async function watch(
  context: CommandContext,
  watcher: FolderWatcher,
  judge: () => Promise<Judgement>,
): Promise<ExitCode> {
  const show = printer(context);
  try {
    let last = await judge();
    show(last, []);
    for (;;) {
      // In a folder that nobody looked at yet, something may have changed since it was read.
      const isMissed = watcher.lookAt(last.folders);
      const changed = isMissed ? [] : await watcher.nextChange();
      if (changed === undefined) return last.exit;
      last = await judgedOr(last, judge);
      // Ctrl-C also ends the git that was asked: what came of it is no judgement.
      if (watcher.isEnded) return last.exit;
      show(last, changed);
    }
  } finally {
    watcher.close();
  }
}

async function judgedOr(last: Judgement, judge: () => Promise<Judgement>): Promise<Judgement> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...last, text: `sightline: ${error.message}\n${error.remedy}\n` };
  }
}

function printer(context: CommandContext): (judgement: Judgement, changed: readonly string[]) => void {
  const { stdout, now } = context;
  const paint = painter(terminalOf(context).colour);
  let shown: string | undefined;
  return ({ text, folders }, changed) => {
    const isSame = text === shown;
    if (isSame && (stdout.isTTY !== true || changed.length === 0)) return;
    const isFirst = shown === undefined;
    shown = text;
    const time = now().toTimeString().slice(0, 8);
    const count = folders.size === 1 ? '1 folder' : `${folders.size} folders`;
    const named = changed.length === 0 ? '' : `, after a change of ${namesOf(changed)}`;
    const foot = `Judged at ${time}${named}. Watching ${count}; Ctrl-C ends.`;
    if (stdout.isTTY === true) stdout.write(`${CLEAR}${text}\n${paint('dim', foot)}\n`);
    else stdout.write(`${isFirst ? '' : '\n'}${text}${foot}\n`);
  };
}

function namesOf(changed: readonly string[]): string {
  const named = changed.slice(0, MOST_NAMED).map(oneLine).join(', ');
  return changed.length <= MOST_NAMED ? named : `${named} and ${changed.length - MOST_NAMED} more`;
}
