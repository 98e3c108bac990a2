import { indent, wrap } from '../report/terminal/wrap.ts';
import type { Command } from './command.ts';
import type { CommandArea } from './commands.ts';

/** Beside a column as wide as this, a description has no room left. */
const WIDEST_COLUMN = 34;

/** The overview: every command with its summary, in lines of at most `width` characters. */
export function overview(areas: readonly CommandArea[], width: number): string {
  const column = Math.max(0, ...areas.flatMap(({ commands }) => commands.map(({ name }) => name.length)));
  return [
    'sightline: does a change break the usage policies of AI vision services?',
    '',
    'Usage: sightline COMMAND [OPTION…] [ARGUMENT…]',
    ...areas.flatMap(({ title, commands }) => [
      '',
      `${title}:`,
      ...commands.map(({ name, summary }) => twoColumns(name, column, summary, width)),
    ]),
    '',
    ...wrap("Begin with 'sightline check' in a repository, or 'sightline init' to draft its declarations.", width),
    ...wrap(
      "'sightline help COMMAND' shows a command's options and examples, --version which Sightline this is.",
      width,
    ),
    ...wrap('Exit codes: 0 nothing blocks, 1 something blocks, 2 bad usage or input.', width),
    '',
  ].join('\n');
}

/** One command's page: usage, options, examples, in lines of at most `width` characters. */
export function commandHelp(command: Command, width: number): string {
  const { name, summary, usage, details, examples } = command;
  const lines = [...wrap(sentence(summary), width), '', `Usage: sightline ${name} [OPTION…] ${usage}`.trimEnd(), ''];
  for (const paragraph of details?.split('\n\n') ?? []) lines.push(...wrap(paragraph, width), '');
  lines.push('Options:', ...optionRows(command, width), '', 'Examples:');
  for (const example of examples) lines.push(`  ${example.command}`, `      ${example.says}`);
  return `${lines.join('\n')}\n`;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

function optionRows(command: Command, width: number): string[] {
  const rows = Object.entries(command.options).map(([name, spec]) => {
    const flag = spec.short === undefined ? `--${name}` : `-${spec.short}, --${name}`;
    const left = spec.value === undefined ? flag : `${flag} ${spec.value}`;
    const choices = spec.allowed === undefined ? '' : ` (${spec.allowed.join(', ')})`;
    const repeat = spec.multiple === true ? '; may be given several times' : '';
    return [left, `${spec.description}${choices}${repeat}`] as const;
  });
  rows.push(['-h, --help', 'show this page']);
  const column = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => twoColumns(left, column, right, width));
}

/** `  left   right`, where the right column keeps to itself over several lines. */
function twoColumns(left: string, column: number, right: string, width: number): string {
  const start = Math.min(column, WIDEST_COLUMN) + 4;
  const [first = '', ...more] = wrap(right, width - start);
  return [`  ${left.padEnd(start - 2)}${first}`, ...(more.length === 0 ? [] : [indent(more, start)])].join('\n');
}
