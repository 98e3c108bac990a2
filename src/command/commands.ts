import type { Command } from './command.ts';
import { STORE_COMMANDS } from './store-commands.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [...STORE_COMMANDS];
