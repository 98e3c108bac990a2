import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { repositoryRoot } from '../git/resolve-ref.ts';
import { type FolderReview, judgeFolder, readFolder } from '../git/review-folder.ts';
import { GitError } from '../git/run-git.ts';
import { createScanner } from '../integration/scanner.ts';
import { jsonReport } from '../report/json-report.ts';
import { markdownReport } from '../report/markdown-report.ts';
import { sarifReport } from '../report/sarif/sarif-report.ts';
import { terminalReport } from '../report/terminal/terminal-report.ts';
import { workflowCommands } from '../report/workflow-commands.ts';
import type { Verdict } from '../review/verdict.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { dayOf } from './policy-input.ts';
import { terminalOf } from './terminal.ts';
import { toolVersion } from './tool-version.ts';

/** `sightline check`: the verdict, as a pull request would get it. */
export async function check(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  const folder = await readRequested(context, options, args);
  const verdict = judgeFolder(folder);
  context.stdout.write(await printed(context, options, verdict, folder));
  return verdict.outcome === 'pass' ? EXIT.pass : EXIT.blocked;
}

/** Reads what the options name. @throws {UsageError} for what a person can mend. */
export async function readRequested(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<FolderReview> {
  if (args.length > 1) throw new UsageError('more than one PATH is given.', 'Judge one folder at a time.');
  const on = dayOf(context, options);
  const organisation = await organisationText(context, options.text('organisation'));
  const scanner = createScanner();
  try {
    return await readFolder({
      folder:
        args[0] === undefined ? ((await repositoryRoot(context.cwd)) ?? context.cwd) : resolve(context.cwd, args[0]),
      base: options.text('base'),
      head: options.text('head'),
      organisation,
      on,
      scanner,
    });
  } catch (error) {
    if (error instanceof GitError)
      throw new UsageError(`${error.message}.`, 'Name a commit, branch or tag of the repository that PATH lies in.');
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new UsageError(`${args[0] ?? '.'} is no folder that can be read.`, 'Give the path of a folder.');
    }
    throw error;
  } finally {
    await scanner.close();
  }
}

async function organisationText({ cwd }: CommandContext, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(resolve(cwd, path), 'utf8');
  } catch {
    throw new UsageError(`${path} can't be read.`, 'Give the path of a configuration file.');
  }
}

async function printed(
  context: CommandContext,
  options: ParsedOptions,
  verdict: Verdict,
  folder: FolderReview,
): Promise<string> {
  switch (options.text('format')) {
    case 'json':
      return jsonReport(verdict);
    case 'sarif':
      return `${JSON.stringify(sarifReport(verdict, toolVersion()), undefined, 2)}\n`;
    case 'markdown':
      return markdownReport(verdict, { hasDialogue: false });
    case 'github':
      return workflowCommands(verdict);
    default:
      return terminalReport(verdict, {
        ...terminalOf(context),
        all: options.has('all'),
        sourceLine: await sourceLines(verdict, folder),
      });
  }
}

/** The lines of every file that a finding stands in, read once. */
export async function sourceLines({ findings }: Verdict, { readText }: FolderReview) {
  const paths = new Set(findings.flatMap(({ place }) => place?.path ?? []));
  const lines = new Map<string, readonly string[]>();
  for (const path of paths) lines.set(path, (await readText(path))?.split('\n') ?? []);
  return (path: string, line: number) => lines.get(path)?.[line - 1];
}
