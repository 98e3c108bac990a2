#!/usr/bin/env node
import { COMMANDS } from './command/commands.ts';
import { runCommandLine } from './command/run-command-line.ts';

const context = {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  now: () => new Date(),
};

// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(COMMANDS, context, process.argv.slice(2));
