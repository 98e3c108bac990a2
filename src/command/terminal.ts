import type { CommandContext } from './command.ts';

/** Columns where there is no terminal. */
const DEFAULT_WIDTH = 100;
const NARROWEST = 60;

/** How wide the terminal is and whether it takes colours: https://no-color.org */
export function terminalOf({ stdout, env }: CommandContext): { readonly colour: boolean; readonly width: number } {
  const colour = stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return { colour, width: Math.max(NARROWEST, stdout.columns ?? DEFAULT_WIDTH) };
}
