#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { EXIT } from './command/command.ts';
import { COMMAND_AREAS } from './command/commands.ts';
import { createFolderWatcher } from './command/folder-watcher.ts';
import { runCommandLine } from './command/run-command-line.ts';

/** What a shell says of a program that nobody listens to any more (128 + SIGPIPE): https://www.gnu.org/software/libc/manual/html_node/Operation-Error-Signals.html */
const NOBODY_LISTENS = 141;

for (const stream of [process.stdout, process.stderr]) stream.on('error', outputFailed);

const context = {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: workingDirectory(),
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

async function ask(question: string): Promise<string | undefined> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await prompt.question(question);
  } catch (error) {
    // Ctrl-C, or the end of what is typed.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    process.stdout.write('\n');
    return undefined;
  } finally {
    prompt.close();
  }
}

/** A reader that closes the pipe early (`| head`) is no fault; still, a verdict that nobody read to its end is no pass. */
function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? NOBODY_LISTENS);
  tell(`sightline: the output can't be written (${error.code ?? error.message}).\nGive it room, or another place.\n`);
  process.exit(EXIT.usage);
}

function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    tell('sightline: the working directory is not there any more.\nChange to one that is.\n');
    process.exit(EXIT.usage);
  }
}

/** On standard error at once, and if that is not to be had, not at all. */
function tell(text: string): void {
  try {
    writeSync(2, text);
  } catch {}
}

process.exitCode = await runCommandLine(COMMAND_AREAS, context, process.argv.slice(2));
