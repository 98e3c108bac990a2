#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { COMMAND_AREAS } from './command/commands.ts';
import { createFolderWatcher } from './command/folder-watcher.ts';
import { runCommandLine } from './command/run-command-line.ts';

const context = {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  now: () => new Date(),
  watcher,
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
};

/** Ctrl-C ends the watching; a second one ends the process as ever. */
function watcher() {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  return createFolderWatcher(ended.signal);
}

async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await prompt.question(question);
  } finally {
    prompt.close();
  }
}

// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(COMMAND_AREAS, context, process.argv.slice(2));
