import type { OptionSpec } from './command.ts';

export const ON_OPTION: OptionSpec = { description: 'judge as of this day (default: today)', value: 'DATE' };

export const PACK_OPTION: OptionSpec = {
  description: 'add a policy pack of your own, or a folder of them',
  value: 'FILE',
  multiple: true,
};

export const FORMAT_OPTION: OptionSpec = {
  description: 'how to print it; text by default',
  value: 'FORMAT',
  allowed: ['text', 'json'],
};

/** Options by which every command finds what it judges. */
export const FOLDER_OPTIONS = {
  base: { description: 'hold the change against this commit or branch, whose configuration judges', value: 'REF' },
  head: { description: 'judge this commit (default: the working tree)', value: 'REF' },
  organisation: {
    description:
      "the organisation's configuration, which the repository's can only tighten, or a copy of its .github repository",
    value: 'PATH',
  },
  on: ON_OPTION,
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const INVENTORY_FORMATS = ['text', 'json', 'csv', 'markdown', 'cyclonedx'] as const;
