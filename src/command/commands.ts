import type { Command } from './command.ts';
import { POLICY_COMMANDS } from './policy-commands.ts';
import { STORE_COMMANDS } from './store-commands.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [...POLICY_COMMANDS, ...STORE_COMMANDS];
