import type { Problem } from '../document/place.ts';
import { oneLine } from '../report/neutralise.ts';
import type { CommandContext } from './command.ts';

/** Prints problems on standard error as compilers do, `path:line:column: error CODE: what is wrong. What to do.`; returns how many are errors. */
export function printProblems({ stderr }: CommandContext, problems: readonly Problem[]): number {
  for (const { code, level, place, message, remedy } of problems) {
    const { startLine, startColumn } = place.range;
    stderr.write(oneLine(`${place.path}:${startLine}:${startColumn}: ${level} ${code}: ${message}. ${remedy}`));
    stderr.write('\n');
  }
  return problems.filter(({ level }) => level === 'error').length;
}
