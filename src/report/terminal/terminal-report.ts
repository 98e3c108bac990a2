import type { Finding, NotSeen, Verdict } from '../../review/verdict.ts';
import { groupFindings } from '../group-findings.ts';
import { oneLine } from '../neutralise.ts';
import { count, enumerate, OUTCOME_WORDS, openFindings } from '../phrases.ts';
import { titleOf } from '../title.ts';
import { findingText, shownId } from './finding-text.ts';
import { type Paint, painter, type Style } from './paint.ts';
import { wrap } from './wrap.ts';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** A line of the head's files, counted from 1; undefined where there is none to show. */
  readonly sourceLine: (path: string, line: number) => string | undefined;
  /** Notes, overridden and existing findings are listed, too; else they are counted. */
  readonly all: boolean;
}

const STYLES: Readonly<Record<Verdict['outcome'], Style>> = {
  pass: 'green',
  fail: 'red',
  needs_information: 'yellow',
  incomplete: 'yellow',
};

/**
 * A verdict for a terminal: each matter with its line of source, whose clause, why, and the two ways out; the verdict last, beside the
 * prompt. What came from a repository cannot control the terminal.
 */
export function terminalReport(verdict: Verdict, options: TerminalOptions): string {
  const paint = painter(options.colour);
  const shown = options.all ? verdict.findings : openFindings(verdict).filter(({ level }) => level !== 'inform');
  const unseen = verdict.notSeen.filter(({ unchanged }) => options.all || unchanged !== true);
  const parts = [
    ...groupFindings(shown).map((group) => findingText(group, options, paint)),
    ...(unseen.length === 0 ? [] : [unseenText(unseen, paint)]),
    ...simulationText(verdict),
    ...nextSteps(shown, unseen, options, paint),
    verdictText(verdict, shown.length, options, paint),
  ];
  return `${parts.join('\n\n')}\n`;
}

function unseenText(unseen: readonly NotSeen[], paint: Paint): string {
  const lines = unseen.map(
    ({ what, path, reason }) =>
      `  ${path === undefined ? what.replaceAll('_', ' ') : paint('cyan', oneLine(path))}: ${oneLine(reason)}`,
  );
  return [`${paint('yellow', '?')} ${paint('bold', 'Not seen, and not taken for clean')}`, ...lines].join('\n');
}

function simulationText({ simulation }: Verdict): readonly string[] {
  if (simulation === undefined) return [];
  const { outcome, appeared, disappeared, approvers } = simulation;
  return [
    `This change alters the configuration or the policies. Judged by its own: ${OUTCOME_WORDS[outcome].toLowerCase()}, ${count(appeared.length, 'finding')} more, ${count(disappeared.length, 'finding')} fewer.${approvers === undefined ? '' : ' It changes who decides on overrides.'}`,
  ];
}

/** The commands that lead on from here. */
function nextSteps(
  shown: readonly Finding[],
  unseen: readonly NotSeen[],
  { width }: TerminalOptions,
  paint: Paint,
): readonly string[] {
  const ruled = shown.find(({ policy }) => policy !== undefined);
  const steps = [
    ...(ruled === undefined
      ? []
      : [`'sightline explain ${shownId(ruled)}' shows how that finding was decided, and what would change it.`]),
    ...(shown.some(({ kind }) => kind === 'undeclared_integration')
      ? ["'sightline init' drafts declarations for what is undeclared."]
      : []),
    ...(unseen.some(({ what }) => what === 'file')
      ? [
          'A file that cannot be made readable can be named under `ignore` in .github/sightline.yml, where it uses no AI vision.',
        ]
      : []),
  ];
  return steps.length === 0
    ? []
    : [
        steps
          .flatMap((step) => wrap(step, width))
          .map((line) => paint('dim', line))
          .join('\n'),
      ];
}

function verdictText(verdict: Verdict, shown: number, { width }: TerminalOptions, paint: Paint): string {
  const { outcome, findings, tally, evaluatedOn } = verdict;
  const of = (test: (finding: Verdict['findings'][number]) => boolean) => findings.filter(test).length;
  const unlisted = [
    [
      of(({ age, overridden, level }) => age === 'new' && overridden === undefined && level === 'inform'),
      'note',
      'notes',
    ],
    [
      of(({ age, overridden }) => age === 'new' && overridden !== undefined),
      'overridden finding',
      'overridden findings',
    ],
    [of(({ age }) => age === 'existing'), 'existing finding', 'existing findings'],
  ] as const;
  const counted = unlisted.filter(([number]) => number > 0).map(([number, one, many]) => count(number, one, many));
  const rest = shown < findings.length ? ` Not listed: ${enumerate(counted)}; --all lists them.` : '';
  const seen = `${count(tally.useCases, 'use case')}, ${count(tally.integrations, 'integration')}, ${count(tally.files, 'file')}`;
  return [
    ...wrap(titled(verdict), width).map((line) => paint(STYLES[outcome], paint('bold', line))),
    ...wrap(`Judged ${seen} as of ${evaluatedOn}.${rest}`, width).map((line) => paint('dim', line)),
  ].join('\n');
}

/** The title, which may begin with the outcome already. */
function titled(verdict: Verdict): string {
  const [word, title] = [OUTCOME_WORDS[verdict.outcome], titleOf(verdict)];
  return title.startsWith(word) ? title : `${word}: ${title}`;
}
