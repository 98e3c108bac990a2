import type { FileScanner } from '../integration/integration.ts';
import { createScanner } from '../integration/scanner.ts';
import type { CommandContext } from './command.ts';

/** Gives a scanner for the time of one command: the context's, else one of its own, whose threads end with it. */
export async function withScanner<T>(context: CommandContext, work: (scanner: FileScanner) => Promise<T>): Promise<T> {
  if (context.scanner !== undefined) return work(context.scanner);
  const scanner = createScanner();
  try {
    return await work(scanner);
  } finally {
    await scanner.close();
  }
}
