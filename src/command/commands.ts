import type { Command } from './command.ts';
import { initCommand } from './init.ts';
import { inventoryCommand } from './inventory.ts';
import { POLICY_COMMANDS } from './policy-commands.ts';
import { REVIEW_COMMANDS } from './review-commands.ts';
import { scanCommand } from './scan.ts';
import { SERVER_COMMANDS } from './server-commands.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  ...REVIEW_COMMANDS,
  initCommand,
  scanCommand,
  inventoryCommand,
  ...POLICY_COMMANDS,
  ...SERVER_COMMANDS,
];
