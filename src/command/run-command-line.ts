import { parseArgs } from 'node:util';
import { nearest } from '../document/nearest.ts';
import { GitError } from '../git/run-git.ts';
import { oneLine } from '../report/neutralise.ts';
import {
  type Command,
  type CommandContext,
  EXIT,
  type ExitCode,
  type OptionSpec,
  type ParsedOptions,
  UsageError,
} from './command.ts';
import type { CommandArea } from './commands.ts';
import { commandHelp, overview } from './help.ts';
import { systemTrouble } from './system-trouble.ts';
import { terminalOf } from './terminal.ts';
import { toolVersion } from './tool-version.ts';

/** Longer lines of prose are hard to read, however wide the terminal is. */
const WIDEST_HELP = 100;

/**
 * Runs one command line. `args` are the words after `sightline`. Never throws: says what is wrong and what to do on standard error,
 * and returns 2; where the fault is Sightline's own, a stack trace is shown only with `SIGHTLINE_TRACE`.
 */
export async function runCommandLine(
  areas: readonly CommandArea[],
  context: CommandContext,
  args: readonly string[],
): Promise<ExitCode> {
  try {
    return await dispatch(areas, context, args);
  } catch (error) {
    const mendable = mendableOf(error);
    context.stderr.write(mendable ? `sightline: ${mendable.message}\n${mendable.remedy}\n` : ownFault(error, context));
    return EXIT.usage;
  }
}

function mendableOf(error: unknown): UsageError | undefined {
  if (error instanceof UsageError) return error;
  if (error instanceof GitError) return new UsageError(`${oneLine(error.message)}.`, error.remedy);
  return systemTrouble(error);
}

function ownFault(error: unknown, { env }: CommandContext): string {
  const [message = '', ...stack] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split(
    '\n',
  );
  const trace = (env.SIGHTLINE_TRACE ?? '') === '' ? [] : stack;
  const remedy = 'Report it with the command that you ran; SIGHTLINE_TRACE=1 shows where it happened.';
  return `${[`sightline: an error of its own: ${oneLine(message)}`, ...trace, remedy].join('\n')}\n`;
}

async function dispatch(
  areas: readonly CommandArea[],
  context: CommandContext,
  args: readonly string[],
): Promise<ExitCode> {
  const commands = areas.flatMap((area) => area.commands);
  const width = Math.min(terminalOf(context).width, WIDEST_HELP);
  const [first, second] = args;
  if (first === 'help' && second !== undefined) return dispatch(areas, context, [...args.slice(1), '--help']);
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    (first === undefined ? context.stderr : context.stdout).write(overview(areas, width));
    return first === undefined ? EXIT.usage : EXIT.pass;
  }
  if (first === '--version' || first === '-V') {
    context.stdout.write(`${toolVersion()}\n`);
    return EXIT.pass;
  }
  if (args.length === 2 && (second === '--help' || second === '-h')) {
    const family = areas.map(({ title, commands: all }) => ({ title, commands: familyOf(all, first) }));
    const found = family.filter(({ commands: some }) => some.length > 0);
    if (found.length > 0) {
      context.stdout.write(overview(found, width));
      return EXIT.pass;
    }
  }
  const command = findCommand(commands, args);
  const rest = args.slice(command.name.split(' ').length);
  const { values, positionals } = parse(command, rest);
  if (values.help === true) {
    context.stdout.write(commandHelp(command, width));
    return EXIT.pass;
  }
  checkAllowed(command, values);
  if (command.usage === '' && positionals[0] !== undefined)
    throw new UsageError(`'${command.name}' takes no '${positionals[0]}'.`, `Try 'sightline ${command.name} --help'.`);
  const run = await command.load();
  return run(context, parsedOptions(values), positionals);
}

function findCommand(commands: readonly Command[], args: readonly string[]): Command {
  const found = commands.find((command) => command.name.split(' ').every((word, index) => args[index] === word));
  if (found !== undefined) return found;
  const family = familyOf(commands, String(args[0]));
  if (family.length > 0) {
    const names = family.map((command) => command.name.slice(`${args[0]} `.length)).join(', ');
    throw new UsageError(`'${args[0]}' wants one of: ${names}.`, `Try 'sightline ${family[0]?.name} --help'.`);
  }
  const guess = nearest(String(args[0]), [...new Set(commands.map((command) => String(command.name.split(' ')[0])))]);
  const hint = guess === undefined ? '' : ` Did you mean '${guess}'?`;
  throw new UsageError(`there is no command '${args[0]}'.${hint}`, "'sightline --help' lists the commands.");
}

/** Those of two words that begin with this one. */
function familyOf(commands: readonly Command[], word: string): readonly Command[] {
  return commands.filter((command) => command.name.startsWith(`${word} `));
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse(command: Command, args: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, spec]) => [name, parseSpec(spec)]));
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\.?\n|\. /)[0] : String(error);
    throw new UsageError(`${reason}.`, `'sightline ${command.name} --help' lists the options.`);
  }
}

function parseSpec(spec: OptionSpec) {
  return {
    type: spec.value === undefined ? ('boolean' as const) : ('string' as const),
    multiple: spec.multiple ?? false,
    ...(spec.short === undefined ? {} : { short: spec.short }),
  };
}

function checkAllowed(command: Command, values: Values): void {
  for (const [name, spec] of Object.entries(command.options)) {
    for (const value of [values[name]].flat()) {
      if (typeof value !== 'string' || spec.allowed === undefined || spec.allowed.includes(value)) continue;
      const guess = nearest(value, spec.allowed);
      const hint = guess === undefined ? '' : ` Did you mean '${guess}'?`;
      throw new UsageError(`--${name} can't be '${value}'.${hint}`, `It is one of: ${spec.allowed.join(', ')}.`);
    }
  }
}

function parsedOptions(values: Values): ParsedOptions {
  const texts = (name: string) => [values[name]].flat().filter((value): value is string => typeof value === 'string');
  return {
    text: (name) => texts(name).at(-1),
    texts,
    has: (name) => values[name] !== undefined && values[name] !== false,
  };
}
