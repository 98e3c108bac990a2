import { dirname, join, resolve } from 'node:path';
import { type FolderReview, judgeFolder } from '../git/review-folder.ts';
import type { FileScan, Scanner } from '../integration/integration.ts';
import { jsonReport } from '../report/json-report.ts';
import { markdownReport } from '../report/markdown-report.ts';
import { sarifReport } from '../report/sarif/sarif-report.ts';
import { terminalReport } from '../report/terminal/terminal-report.ts';
import { workflowCommands } from '../report/workflow-commands.ts';
import type { Verdict } from '../review/verdict.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { readRequested } from './read-requested.ts';
import { terminalOf } from './terminal.ts';
import { toolVersion } from './tool-version.ts';
import { watch } from './watch.ts';
import { withScanner } from './with-scanner.ts';

/** `sightline check`: the verdict, as a pull request would get it. */
export async function check(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  return withScanner(context, async (scanner) => {
    if (options.has('watch')) return checkAgain(context, options, args, scanner);
    const folder = await readRequested(context, options, args, { scanner });
    const verdict = judgeFolder(folder);
    context.stdout.write(await printed(context, options, verdict, folder));
    return exitOf(verdict);
  });
}

/** `--watch`: what has been scanned is not scanned again. */
async function checkAgain(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
  scanner: Scanner,
): Promise<ExitCode> {
  refuseToWatch(options);
  const known = new Map<string, FileScan>();
  const watcher = context.watcher?.();
  if (watcher === undefined) throw new UsageError('nothing can be watched here.', 'Run it without --watch.');
  return watch(context, watcher, async () => {
    const folder = await readRequested(context, options, args, { scanner, known });
    forgetOthers(known, folder);
    const verdict = judgeFolder(folder);
    const text = await printed(context, options, verdict, folder);
    return { text, exit: exitOf(verdict), folders: foldersOf(folder, context, options) };
  });
}

function refuseToWatch(options: ParsedOptions): void {
  if (options.has('head'))
    throw new UsageError('--watch and --head are given together.', 'A commit does not change; leave one of them out.');
  const format = options.text('format') ?? 'text';
  if (format !== 'text')
    throw new UsageError(`--watch does not print ${format}.`, 'It is for people to read; leave --format out.');
}

/** What no file has any more would only fill the memory. */
function forgetOthers(known: Map<string, FileScan>, { head, base }: FolderReview): void {
  const kept = new Set([...head.paths, ...(base?.paths ?? [])].map(([path, blob]) => `${path} ${blob}`));
  for (const key of known.keys()) if (!kept.has(key)) known.delete(key);
}

/** The folders of every file, those above them, and that of the organisation's configuration. */
function foldersOf({ top, head }: FolderReview, { cwd }: CommandContext, options: ParsedOptions): ReadonlySet<string> {
  const folders = new Set([top]);
  for (const path of head.paths.keys()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = join(top, path.slice(0, at));
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const organisation = options.text('organisation');
  if (organisation === undefined) return folders;
  const path = resolve(cwd, organisation);
  // A file, or a copy of the organisation's repository.
  for (const folder of [dirname(path), path, join(path, '.github'), join(path, '.github/ai-policies')])
    folders.add(folder);
  return folders;
}

function exitOf({ outcome }: Verdict): ExitCode {
  return outcome === 'pass' ? EXIT.pass : EXIT.blocked;
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
