import type { Command } from './command.ts';
import { evaluateCommand } from './evaluate.ts';
import { policyDiffCommand } from './policy-diff.ts';
import { policyListCommand } from './policy-list.ts';
import { policyShowCommand } from './policy-show.ts';
import { policyTestCommand } from './policy-test.ts';

/** The commands about declarations and policies alone. */
export const POLICY_COMMANDS: readonly Command[] = [
  evaluateCommand,
  policyListCommand,
  policyShowCommand,
  policyTestCommand,
  policyDiffCommand,
];
