import type { ApproverRule } from '../configuration/configuration.ts';
import { isStopping } from '../review/is-stopping.ts';
import type { Verdict } from '../review/verdict.ts';
import { annotationsFor, MAX_ANNOTATIONS } from './annotations.ts';
import { checkRunDetails } from './check-run-details.ts';
import { findingSection } from './finding-markdown.ts';
import { groupFindings } from './group-findings.ts';
import {
  blocks,
  bullets,
  code,
  heading,
  inline,
  type Markdown,
  md,
  sizeOf,
  strong,
  text,
  withinLimit,
} from './markdown.ts';
import { approverNames } from './override-answers.ts';
import { count, enumerate, openFindings } from './phrases.ts';
import type { CheckRunReport, ReportContext } from './report.ts';
import { asks, titleOf } from './title.ts';
import { isOverridable } from './ways-out.ts';

/**
 * "Only 65535 characters are allowed": limit of `output.summary` and of `output.text`. Counted in bytes, which are never fewer.
 * https://docs.github.com/en/rest/checks/runs#create-a-check-run
 */
const MAX_BODY_BYTES = 65_535;

/** Files that could not be seen and are named. */
const MAX_UNSEEN = 20;

const READABLE = md`Make these files readable (smaller, split, valid), or have them left out by ${code('ignore')} in the configuration.`;

/** What people can do about what was not seen. */
const UNSEEN_REMEDIES: Readonly<Record<Verdict['notSeen'][number]['what'], Markdown>> = {
  file: READABLE,
  file_list: md`Split the pull request into smaller ones, so that GitHub lists all that they change.`,
  tree: md`Press ${strong('Re-run')}; if it stays like this, the repository has more files than GitHub lists.`,
  api: md`Press ${strong('Re-run')} when GitHub answers again.`,
  configuration: md`Mend it where it stands: on the base branch, or in the organisation's repository.`,
};

/**
 * The buttons of a finished run; at most three, label 20, description 40 and identifier 20 characters.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks#check-runs-and-requested-actions
 */
const ACTIONS = {
  recheck: { label: 'Re-run', description: 'Judge the pull request again', identifier: 'recheck' },
  override: { label: 'Request override', description: 'Open the dialogue for an override', identifier: 'override' },
  explain: { label: 'Explain', description: 'Show how each finding was decided', identifier: 'explain' },
} as const;

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  needs_information: 'action_required',
  incomplete: 'action_required',
} as const;

/** A verdict as a check run: what blocks and the ways out in front, all else behind; within GitHub's limits. */
export function checkRun(verdict: Verdict, context: ReportContext): CheckRunReport {
  const groups = groupFindings(openFindings(verdict));
  const annotations = annotationsFor(groups);
  const details = checkRunDetails(verdict, context, MAX_BODY_BYTES);
  return {
    conclusion: CONCLUSIONS[verdict.outcome],
    title: titleOf(verdict),
    summary: summaryOf(verdict, context, annotations.length).toString(),
    ...(sizeOf(details) > 0 && { text: details.toString() }),
    annotations: annotations.slice(0, MAX_ANNOTATIONS),
    actions: actionsFor(verdict),
  };
}

/** The first screen: what the verdict is, each finding that stops the change, and counts of the rest. */
export function summaryOf(verdict: Verdict, context: ReportContext, annotationCount = 0): Markdown {
  const stopping = groupFindings(openFindings(verdict).filter(isStopping));
  const [first, ...others] = stopping.map((group) => findingSection(group, context));
  const head = blocks(leadOf(verdict), unseenList(verdict), first);
  const tail = blocks(...remarks(verdict, annotationCount));
  return blocks(
    withinLimit(
      MAX_BODY_BYTES - sizeOf(tail) - 2,
      head,
      others,
      (left) =>
        md`${strong(`${left} more findings`)} do not fit here; the annotations and ${code('sightline check')} have them.`,
    ),
    tail,
  );
}

function leadOf(verdict: Verdict): Markdown {
  const open = openFindings(verdict);
  const blocking = open.filter(({ level }) => level === 'block').length;
  const asking = open.filter(({ level }) => level === 'ask').length;
  const advised = open.filter(({ enforcedLevel }) => enforcedLevel !== undefined).length;
  if (blocking > 0) {
    const also = asking > 0 ? md` ${count(asking, 'more is open', 'more are open')}.` : md``;
    return md`${strong(`${count(blocking, 'new finding blocks', 'new findings block')} this change.`)}${also}`;
  }
  if (verdict.outcome === 'incomplete') {
    return md`${strong('Not everything could be seen, so this cannot pass.')} What was seen ${asking > 0 ? 'leaves questions open as well.' : 'does not block.'}`;
  }
  if (asking > 0)
    return md`${strong('Nothing is proven to be wrong, but this cannot pass yet:')} ${enumerate(asks(open))}.`;
  if (advised > 0) {
    const from = verdict.enforcement.from === undefined ? 'once it is enforced' : `from ${verdict.enforcement.from}`;
    return md`${strong('The configuration only advises.')} ${count(advised, 'new finding')} would stop this change ${from}.`;
  }
  return md`${strong('Nothing new stops this change.')}`;
}

function unseenList({ notSeen }: Verdict): Markdown | undefined {
  const held = notSeen.filter(({ unchanged }) => unchanged !== true);
  if (held.length === 0) return undefined;
  const named = held
    .slice(0, MAX_UNSEEN)
    .map(
      ({ what, path, reason }) => md`${path === undefined ? text(what.replaceAll('_', ' ')) : code(path)}: ${reason}`,
    );
  const rest = held.length - named.length;
  const remedies = [...new Set(held.map(({ what }) => UNSEEN_REMEDIES[what]))];
  return blocks(
    heading(4, 'Not seen'),
    bullets(rest > 0 ? [...named, md`and ${rest} more`] : named),
    md`What is not seen is never taken for clean. ${inline(remedies, ' ')}`,
  );
}

/** What does not stop the change, in one line each. */
function remarks(verdict: Verdict, annotationCount: number): readonly Markdown[] {
  const { findings, simulation, notSeen } = verdict;
  const of = (test: (finding: Verdict['findings'][number]) => boolean) => findings.filter(test).length;
  const overridden = of(({ age, overridden }) => age === 'new' && overridden !== undefined);
  const warnings = of(
    (finding) =>
      finding.age === 'new' && finding.overridden === undefined && finding.level === 'warn' && !isStopping(finding),
  );
  const notes = of(({ age, overridden, level }) => age === 'new' && overridden === undefined && level === 'inform');
  const existing = of(({ age }) => age === 'existing');
  const unchanged = notSeen.filter((seen) => seen.unchanged === true).length;
  const parts: string[] = [];
  if (overridden > 0) parts.push(`${count(overridden, 'finding')} overridden`);
  if (warnings > 0) parts.push(count(warnings, 'warning'));
  if (notes > 0) parts.push(count(notes, 'note'));
  if (existing > 0) parts.push(`${count(existing, 'finding')} that the base has already`);
  if (unchanged > 0) parts.push(`${count(unchanged, 'file')} that could not be read before either`);
  const hidden = annotationCount - MAX_ANNOTATIONS;
  return [
    ...(parts.length === 0 ? [] : [md`Besides, and not in the way: ${enumerate(parts)}. Details are below.`]),
    ...(hidden > 0 ? [md`The worst ${MAX_ANNOTATIONS} findings are annotated; ${hidden} more are not.`] : []),
    ...(simulation === undefined ? [] : [simulationLine(verdict.outcome, simulation)]),
  ];
}

const OUTCOMES = {
  pass: 'pass',
  fail: 'fail',
  needs_information: 'need information',
  incomplete: 'be incomplete',
} as const;

function simulationLine(outcome: Verdict['outcome'], simulation: NonNullable<Verdict['simulation']>): Markdown {
  const { appeared, disappeared, approvers } = simulation;
  const would = `${simulation.outcome === outcome ? 'also ' : ''}${OUTCOMES[simulation.outcome]}`;
  return md`${strong('This change alters the configuration or the policies.')} It is judged, and its overrides are approved, by those of the base. Judged by its own it would ${would}: ${count(appeared.length, 'finding')} more, ${count(disappeared.length, 'finding')} fewer.${approvers === undefined ? '' : md` Who decides on overrides would change from ${deciders(approvers.now)} to ${deciders(approvers.then)}.`}`;
}

function deciders(rules: readonly ApproverRule[]): Markdown {
  const named = rules.map((rule) => {
    const names = approverNames([{ ...rule, userIds: rule.users }]);
    return rule.applies.length === 0 ? names : md`${names} (for ${inline(rule.applies.map((name) => code(name)))})`;
  });
  return named.length === 0 ? approverNames([]) : inline(named, '; ');
}

function actionsFor(verdict: Verdict): CheckRunReport['actions'] {
  const canOverride = openFindings(verdict).some(isOverridable);
  const hasFindings = verdict.findings.length > 0;
  return [ACTIONS.recheck, ...(canOverride ? [ACTIONS.override] : []), ...(hasFindings ? [ACTIONS.explain] : [])];
}
