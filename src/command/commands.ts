import type { Command } from './command.ts';
import { POLICY_COMMANDS } from './policy-commands.ts';
import { REVIEW_COMMANDS } from './review-commands.ts';
import { SERVER_COMMANDS } from './server-commands.ts';

/** Commands that belong together, under the words that help shows above them. */
export interface CommandArea {
  readonly title: string;
  readonly commands: readonly Command[];
}

export const COMMAND_AREAS: readonly CommandArea[] = [
  { title: 'In a repository', commands: REVIEW_COMMANDS },
  { title: 'Policies', commands: POLICY_COMMANDS },
  { title: 'The server', commands: SERVER_COMMANDS },
];

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = COMMAND_AREAS.flatMap(({ commands }) => commands);
