import type { Command } from '../../src/command/command.ts';
import { commandHelp } from '../../src/command/help.ts';
import { ERROR_CODES } from '../../src/document/error-codes.ts';
import { SERVICES } from '../../src/facts/services.ts';
import { FACT_NAMES, STANDARDS, VOCABULARY } from '../../src/facts/vocabulary.ts';
import { DIALOGUE_COMMANDS } from '../../src/override/command-table.ts';
import { TRANSITIONS } from '../../src/override/transitions.ts';
import { page, table } from './page.ts';

export function factsPage(): string {
  const services = table(
    ['Service', 'What it names'],
    Object.entries(SERVICES).map(([name, meaning]) => [`\`${name}\``, meaning]),
  );
  const standards = Object.entries(STANDARDS).map(([name, url]) => `[${name}](${url})`);
  return page(
    'Facts',
    'Every fact that a declaration may state, with its values. A fact that is left out, or `unknown`, is unknown; it never passes for a "no".',
    `## Services\n\n\`services\` decides which policies apply.\n\n${services}`,
    ...FACT_NAMES.map(factSection),
    `## Whose terms these are\n\n${standards.join(', ')}; and the policies that each fact names.`,
  );
}

/** Country and state lists are standards of their own; they would drown the page. */
const MAX_VALUES = 60;

function factSection(name: (typeof FACT_NAMES)[number]): string {
  const { kind, question, values, range, sources } = VOCABULARY[name];
  const forms = {
    one: 'One value, or `{one_of: […]}`.',
    many: 'A complete list, or `{includes: […], may_include: […], excludes: […]}`.',
    boolean: '`true` or `false`.',
    number: `A number from ${range?.[0]} to ${range?.[1]}.`,
  }[kind];
  const entries = Object.entries(values);
  const list =
    entries.length === 0 || kind === 'boolean'
      ? []
      : entries.length > MAX_VALUES
        ? [`${entries.length} codes, from \`${entries[0]?.[0]}\` to \`${entries.at(-1)?.[0]}\`.`]
        : [
            table(
              ['Value', 'Meaning'],
              entries.map(([value, meaning]) => [`\`${value}\``, meaning]),
            ),
          ];
  return [`## \`${name}\``, `${question} ${forms}`, ...list, `Source: ${sources.join('; ')}.`].join('\n\n');
}

export function errorsPage(): string {
  const sections = Object.entries(ERROR_CODES).map(
    ([code, { title, meaning, remedy }]) => `## ${code}\n\n**${title}.** ${meaning}\n\nWhat to do: ${remedy}`,
  );
  return page(
    'Error codes',
    'Every message about a document carries one of these codes. A code keeps its meaning for ever.',
    ...sections,
  );
}

/** As on a wide terminal; a page scrolls no code. */
const WIDTH = 100;

export function commandsPage(commands: readonly Command[]): string {
  const sections = commands.map(
    (command) => `## sightline ${command.name}\n\n\`\`\`text\n${commandHelp(command, WIDTH)}\`\`\``,
  );
  return page(
    'Commands',
    '`sightline` in the terminal. Exit codes: 0 nothing blocks, 1 something blocks, 2 bad usage or input.',
    ...sections,
  );
}

export function dialoguePage(): string {
  const commands = table(
    ['Command', 'What it does', 'Who may'],
    DIALOGUE_COMMANDS.map(({ usage, description, whoMay }) => [`\`${usage}\``, description, whoMay]),
  );
  const kinds = [
    ...new Set([...Object.keys(TRANSITIONS.requested), ...Object.keys(TRANSITIONS.active)]),
  ] as (keyof typeof TRANSITIONS.requested)[];
  const states = table(
    ['What happens', 'to one that is asked for', 'to one that holds'],
    kinds.map((kind) => [
      kind.slice('override.'.length).replaceAll('_', ' '),
      nextWord(TRANSITIONS.requested[kind]),
      nextWord(TRANSITIONS.active[kind]),
    ]),
  );
  return page(
    'Overrides: commands and states',
    'Commands are written as comments on the pull request, at the start of a line, outside of code and quotes.',
    `## Commands\n\n${commands}`,
    `## States\n\nAn override is *requested*, then *active* once enough approvals are there, and ends in one of the other states. An ended one never comes back.\n\n${states}`,
  );
}

function nextWord(next: string | undefined): string {
  if (next === undefined) return 'refused';
  if (next === 'approvals') return 'active with enough approvals, else requested';
  return next === 'same' ? 'stays, and is recorded' : next;
}
