import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FileScan, FileScanner, Integration, NotReadReason } from '../integration/integration.ts';
import { type DirectoryScan, scanDirectory } from '../integration/scan-directory.ts';
import { oneLine } from '../report/neutralise.ts';
import { count } from '../report/phrases.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { progressLine } from './progress-line.ts';
import { withScanner } from './with-scanner.ts';

/** `sightline scan`: what the files of a tree reach, before any policy. */
export async function scan(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  return withScanner(context, async (scanner) => {
    return await runScan(context, scanner, args, options.text('format') === 'json');
  });
}

async function runScan(
  context: CommandContext,
  scanner: FileScanner,
  args: readonly string[],
  isJson: boolean,
): Promise<ExitCode> {
  if (args.length === 0)
    throw new UsageError('no path is given.', "Give files or folders, or '.' for the working directory.");
  const progress = progressLine(context.stderr);
  const scans: DirectoryScan[] = [];
  for (const path of args) scans.push(await scanPath(context, scanner, path, progress.show));
  progress.clear();
  const integrations = scans.flatMap(({ files }) => files.flatMap((file) => file.integrations));
  context.stdout.write(isJson ? jsonOf(integrations) : textOf(integrations));
  context.stderr.write(summaryOf(scans));
  return EXIT.pass;
}

/** Scans a file or folder; the paths of what was found are as the person would write them. */
async function scanPath(
  { cwd }: CommandContext,
  scanner: FileScanner,
  path: string,
  onProgress: (files: number) => void,
): Promise<DirectoryScan> {
  const absolute = resolve(cwd, path);
  const found = await stat(absolute).catch(() => undefined);
  if (found === undefined)
    throw new UsageError(`${oneLine(path)} is not there.`, 'Give files or folders that can be read.');
  if (!found.isDirectory()) return ofFiles(await scanner.scanFiles(cwd, [path]), scanner.reads(path));
  const prefix = path.replaceAll('\\', '/').replace(/\/+$/, '');
  const named = (name: string) => (prefix === '.' ? name : `${prefix}/${name}`);
  const scan = await scanDirectory(scanner, absolute, onProgress);
  return { ...scan, files: scan.files.map((file) => renamed(file, named)), passedOver: scan.passedOver.map(named) };
}

function ofFiles(scans: readonly FileScan[], areKnown: boolean): DirectoryScan {
  const skipped = scans.filter((scan) => scan.status === 'skipped').length;
  return {
    files: scans.filter((scan) => scan.status !== 'skipped'),
    withoutWords: areKnown ? skipped : 0,
    otherKinds: areKnown ? 0 : skipped,
    passedOver: [],
  };
}

function renamed(file: FileScan, named: (name: string) => string): FileScan {
  const path = named(file.path);
  return { ...file, path, integrations: file.integrations.map((one) => ({ ...one, path })) };
}

function jsonOf(integrations: readonly Integration[]): string {
  const rows = integrations.map(({ path, provider, capability, certainty, facts, range, evidence, entry }) => ({
    ...{ path, provider, capability, certainty, facts },
    start_line: range.startLine,
    start_column: range.startColumn,
    end_line: range.endLine,
    end_column: range.endColumn,
    ...{ evidence, entry },
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function textOf(integrations: readonly Integration[]): string {
  return integrations
    .map(({ path, range, capability, certainty, provider, evidence }) => {
      const mark = certainty === 'potential' ? ', potential' : '';
      return `${oneLine(`${path}:${range.startLine}:${range.startColumn}: ${provider} ${capability}${mark}: ${evidence}`)}\n`;
    })
    .join('');
}

/** What nobody expects to be read. */
const VERSION_CONTROL = /(?:^|\/)\.(?:git|hg|svn)$/;

const REASONS: Readonly<Record<NotReadReason, string>> = {
  too_large: 'too large',
  line_too_long: 'a line too long, as in generated files',
  timeout: 'took too long to read',
  too_complex: 'too much work to parse',
  unparsable: 'could not be parsed',
  crashed: 'could not be read',
  lfs_pointer: 'kept in Git LFS, outside the tree',
  encrypted: 'encrypted by git-crypt',
};

function summaryOf(scans: readonly DirectoryScan[]): string {
  const files = scans.flatMap((scan) => scan.files);
  const sum = (of: (scan: DirectoryScan) => number) => scans.reduce((total, scan) => total + of(scan), 0);
  const notRead = files.filter((file) => file.status === 'not_read');
  const passedOver = scans.flatMap((scan) => scan.passedOver).filter((path) => !VERSION_CONTROL.test(path));
  const found = files.reduce((total, file) => total + file.integrations.length, 0);
  const lines = [
    `${count(found, 'integration')}. Files: ${files.length - notRead.length} parsed, ${sum((scan) => scan.withoutWords)} that name no known service, ${sum((scan) => scan.otherKinds)} of other kinds, ${notRead.length} not read.`,
    ...notRead.map((file) => oneLine(`not read: ${file.path} (${REASONS[file.reason ?? 'crashed']})`)),
    ...passedOver.map((path) => oneLine(`passed over: ${path}/ (vendored or generated)`)),
  ];
  return `${lines.join('\n')}\n`;
}
