import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { explainCommand } from './explain.ts';

/** The commands that judge code and declarations together. */
export const REVIEW_COMMANDS: readonly Command[] = [checkCommand, explainCommand];
