import type { Command } from './command.ts';
import { FORMAT_OPTION, ON_OPTION, PACK_OPTION } from './options.ts';

/** The commands about declarations and policies alone. */
export const POLICY_COMMANDS: readonly Command[] = [
  {
    name: 'evaluate',
    summary: 'judges declared use cases by the usage policies, without looking at code',
    usage: 'FILE…',
    details:
      'Each FILE is a declaration, or a folder that is searched for declarations at their default places. Without --policy, the policies in force for the services that a use case names judge it. Undetermined is no pass: exit 1, as for a prohibition.',
    options: {
      policy: {
        description: 'judge by this policy whatever the services and the territory are',
        value: 'ID[@VERSION]',
        multiple: true,
      },
      on: ON_OPTION,
      pack: PACK_OPTION,
      format: FORMAT_OPTION,
    },
    examples: [
      {
        command: 'sightline evaluate .github/ai-use-cases/face-search.yml',
        says: 'judges one declaration by the policies in force today',
      },
      {
        command: 'sightline evaluate --policy ms-aoai-2024-05 --on 2024-06-01 --format json .github',
        says: "judges all declarations by Microsoft's code as of that day",
      },
    ],
    load: async () => (await import('./evaluate.ts')).evaluate,
  },
  {
    name: 'policy list',
    summary: 'lists the usage policies with their versions and dates',
    usage: '',
    options: { on: ON_OPTION, pack: PACK_OPTION, format: FORMAT_OPTION },
    examples: [
      { command: 'sightline policy list', says: 'lists the policies; those in force today are marked' },
      { command: 'sightline policy list --on 2024-04-30', says: 'marks those in force on that day' },
    ],
    load: async () => (await import('./policy-list.ts')).policyList,
  },
  {
    name: 'policy show',
    summary: 'shows one policy: rules with conditions, evidence, remedies, terms of override',
    usage: 'ID[@VERSION]',
    options: { on: ON_OPTION, pack: PACK_OPTION, format: FORMAT_OPTION },
    examples: [
      { command: 'sightline policy show ms-ai-v4', says: "shows Microsoft's code of conduct for AI services" },
      { command: 'sightline policy show google-genai-pup@2023-03-14', says: 'shows one version of a document' },
    ],
    load: async () => (await import('./policy-show.ts')).policyShow,
  },
  {
    name: 'policy test',
    summary: 'checks policy packs and runs their worked cases',
    usage: '[FILE…]',
    details:
      'FILEs are packs and files of worked cases (*.cases.yml) of your own, or folders of them. Without FILE, the worked cases of the shipped packs are run. Exit 1 where a case comes out otherwise than it says.',
    options: { format: FORMAT_OPTION },
    examples: [
      { command: 'sightline policy test', says: 'runs the worked cases of every shipped policy' },
      { command: 'sightline policy test .github/ai-policies', says: 'checks the policies of an organisation' },
    ],
    load: async () => (await import('./policy-test.ts')).policyTest,
  },
  {
    name: 'policy diff',
    summary: 'tells which use cases change their outcome from one policy to another',
    usage: 'OLD NEW [FILE…]',
    details:
      'OLD and NEW are ID or ID@VERSION. Each FILE is a declaration or a folder with declarations; without FILE, the working directory. Services and dates are not looked at. Exit 1 where something is prohibited by NEW that was not by OLD; 2 where a declaration has errors, which are listed while the others are compared.',
    options: { pack: PACK_OPTION, format: FORMAT_OPTION },
    examples: [
      {
        command: 'sightline policy diff ms-aoai-pre-2024-05 ms-aoai-2024-05',
        says: "shows what Microsoft's police clauses of May 2024 do to the use cases declared here",
      },
    ],
    load: async () => (await import('./policy-diff.ts')).policyDiff,
  },
];
