export type CommandName =
  | 'override'
  | 'approve'
  | 'deny'
  | 'revoke'
  | 'withdraw'
  | 'status'
  | 'explain'
  | 'recheck'
  | 'help';

/** A command of the dialogue as data: replies, documentation and the parser read it. */
export interface DialogueCommand {
  readonly name: CommandName;
  /** What stands after the name: a finding (`F3`), an override (`O12`), nothing. */
  readonly target: 'finding' | 'override' | 'none';
  readonly term: boolean;
  readonly because: 'ground' | 'required' | 'optional' | 'none';
  readonly usage: string;
  readonly description: string;
  readonly whoMay: string;
  readonly example: string;
}

const PLAIN = { target: 'none', term: false, because: 'none', whoMay: 'everybody but bots' } as const;
const DECISION = { target: 'override', term: false, whoMay: 'approvers of the rule; never bots' } as const;

export const DIALOGUE_COMMANDS: readonly DialogueCommand[] = [
  {
    name: 'override',
    target: 'finding',
    term: true,
    because: 'ground',
    usage: '/sightline override F3 [for 30d | until 2026-12-31] because GROUND: REASON',
    description: 'Asks that a finding does not block, for a time and on a ground.',
    whoMay: 'the author of the pull request, and whoever may write to the repository; never bots',
    example: '/sightline override F3 for 30d because accepted-risk: pilot in the lab, no live footage',
  },
  {
    ...DECISION,
    name: 'approve',
    because: 'optional',
    usage: '/sightline approve O12 [because REASON]',
    description: 'Approves an override that was asked for.',
    whoMay: 'approvers of the rule who neither asked for it nor worked on the pull request; never bots',
    example: '/sightline approve O12',
  },
  {
    ...DECISION,
    name: 'deny',
    because: 'required',
    usage: '/sightline deny O12 because REASON',
    description: 'Denies an override that was asked for.',
    example: '/sightline deny O12 because the pilot has no end date',
  },
  {
    ...DECISION,
    name: 'revoke',
    because: 'required',
    usage: '/sightline revoke O12 because REASON',
    description: 'Ends an override that holds.',
    example: '/sightline revoke O12 because the pilot was stopped',
  },
  {
    ...DECISION,
    name: 'withdraw',
    because: 'none',
    usage: '/sightline withdraw O12',
    description: 'Takes a request back, or gives up an override that holds.',
    whoMay: 'whoever asked for it',
    example: '/sightline withdraw O12',
  },
  {
    ...PLAIN,
    name: 'status',
    usage: '/sightline status',
    description: 'Brings the comment that lists the overrides of the pull request up to date.',
    example: '/sightline status',
  },
  {
    ...PLAIN,
    name: 'explain',
    target: 'finding',
    usage: '/sightline explain F3',
    description: 'Shows how a finding was decided: each condition and each fact, with its place.',
    example: '/sightline explain F3',
  },
  {
    ...PLAIN,
    name: 'recheck',
    usage: '/sightline recheck',
    description: 'Judges the pull request again, from the start.',
    example: '/sightline recheck',
  },
  {
    ...PLAIN,
    name: 'help',
    usage: '/sightline help',
    description: 'Lists the commands.',
    example: '/sightline help',
  },
];

export const GROUNDS = ['false-positive', 'vendor-approval', 'legal-authority', 'accepted-risk'] as const;
