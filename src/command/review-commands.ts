import type { Command } from './command.ts';
import { FOLDER_OPTIONS, FORMAT_OPTION, INVENTORY_FORMATS } from './options.ts';

/** The commands that look at a repository. */
export const REVIEW_COMMANDS: readonly Command[] = [
  {
    name: 'check',
    summary: 'judges code and declarations together, as a pull request would be judged',
    usage: '[PATH]',
    details:
      'PATH is a folder (default: the repository that the working directory lies in). Without --base every finding counts as new; with it, what the base has already is counted apart and does not block. Undecided and unseen are no pass: exit 1.\n\n' +
      'With --watch it judges again whenever a file changes, and scans only what changed. Ctrl-C ends it with the exit code of the last verdict.',
    options: {
      ...FOLDER_OPTIONS,
      format: {
        description: 'how to print it; text by default',
        value: 'FORMAT',
        allowed: ['text', 'json', 'sarif', 'markdown', 'github'],
      },
      all: { description: 'list notes, overridden and existing findings, too' },
      watch: { description: 'judge again as files change, until Ctrl-C', short: 'w' },
    },
    examples: [
      { command: 'sightline check', says: 'judges the working tree' },
      {
        command: 'sightline check --base origin/main',
        says: 'judges what the working tree changes against the main branch',
      },
      { command: 'sightline check --watch --base origin/main', says: 'does so again as you work' },
      {
        command: 'sightline check --base origin/main --head HEAD --format sarif > sightline.sarif',
        says: 'writes a range of commits as SARIF',
      },
    ],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'explain',
    summary: 'shows how a finding or rule was decided, and which facts would change it',
    usage: '[FINDING|RULE|CODE]',
    details:
      "FINDING is the id that 'sightline check' prints, RULE is <policy>/<rule> or a rule's name alone, CODE is that of an error (SL-…): what it means, and what to do. Conditions are marked + (holds), - (does not hold) and ? (open).",
    options: {
      ...FOLDER_OPTIONS,
      'use-case': {
        description: 'only this use case; without FINDING or RULE, all rules that concern it',
        value: 'ID',
      },
      'what-if': {
        description: 'show what would follow if this were declared',
        value: 'FACT=VALUE',
        multiple: true,
      },
    },
    examples: [
      { command: 'sightline explain ms-ai-v4/R15', says: 'shows how the rule was decided for each use case' },
      {
        command: 'sightline explain --use-case face-search --what-if operator=private_entity',
        says: 'shows what would follow if a company ran it',
      },
    ],
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'init',
    summary: 'drafts declarations for undeclared integrations, and a configuration',
    usage: '[PATH]',
    details:
      'Scans the repository, writes a declaration for each group of undeclared integrations into .github/ai-use-cases/, with what the code shows as facts and what only people can know as questions, and .github/sightline.yml. It never overwrites a file. On a terminal it asks; elsewhere it does not.',
    options: {
      owner: {
        description: 'who answers for the use cases, as @user or @organisation/team',
        value: 'OWNER',
        multiple: true,
      },
      schema: { description: 'address of the JSON Schema of declarations, for editors', value: 'URL' },
      'dry-run': { description: 'print the files, write nothing' },
      yes: { description: 'ask nothing', short: 'y' },
    },
    examples: [
      { command: 'sightline init', says: 'asks, then writes' },
      { command: 'sightline init --yes --owner @acme/vision', says: 'writes without asking' },
      { command: 'sightline init --dry-run', says: 'shows what it would write' },
    ],
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'scan',
    summary: 'lists the vision integrations in files and folders',
    usage: 'PATH…',
    details:
      'Folders are read as git sees them: what .gitignore leaves out is not read; vendored and generated folders are named and passed over. The summary on standard error says what was read and what was not, and why. It judges nothing: exit 0 whatever it finds.',
    options: { format: FORMAT_OPTION },
    examples: [
      { command: 'sightline scan .', says: 'scans the working directory' },
      { command: 'sightline scan --format json src infra', says: 'prints an array of integrations' },
    ],
    load: async () => (await import('./scan.ts')).scan,
  },
  {
    name: 'inventory',
    summary: 'lists use cases and vision integrations of checked-out repositories',
    usage: 'PATH…',
    details: 'Each PATH is one checked-out repository. It judges nothing: exit 0 whatever it finds.',
    options: {
      format: { description: 'how to print it; text by default', value: 'FORMAT', allowed: INVENTORY_FORMATS },
    },
    examples: [
      { command: 'sightline inventory .', says: 'lists those of the working directory' },
      { command: 'sightline inventory --format csv repositories/* > inventory.csv', says: 'makes one table of many' },
      { command: 'sightline inventory --format cyclonedx . > bom.json', says: 'writes a CycloneDX ML-BOM' },
    ],
    load: async () => (await import('./inventory.ts')).inventory,
  },
];
