import type { ApproverRule } from '../../configuration/configuration.ts';
import { isOpen, type Override } from '../../override/override.ts';
import { overridesInForce } from '../../override/reconcile.ts';
import type { Verdict } from '../../review/verdict.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import { isOutOfPatience } from '../patience.ts';
import { type Answered, answerCommands } from './answer-commands.ts';
import { type OverrideBook, openOverrideBook } from './override-book.ts';
import { peopleOf } from './people.ts';
import { publishDialogue } from './publish-dialogue.ts';
import { readSaid, type Said } from './said.ts';
import { relevantOverrides, settleOverrides } from './settle-overrides.ts';

/** The override dialogue of one pull request during one evaluation. */
export interface Dialogue {
  readonly said: Said;
  /** Nobody said anything, and nothing asked for here is open. */
  isQuiet(): boolean;
  /** The overrides that hold for the pull request now. */
  inForce(): readonly Override[];
  /**
   * Brings overrides up to date and answers what was said.
   * @param verdict without overrides; undefined where the pull request is closed
   * @param approvers undefined where no configuration was read; then nobody can approve
   */
  hold(verdict: Verdict | undefined, approvers: readonly ApproverRule[] | undefined): Promise<void>;
  /** Shows what became of it; after the verdict, which it explains. */
  publish(): Promise<void>;
}

/** Reads what the job's hints point to and what the store has. */
export async function openDialogue(open: OpenPullRequest): Promise<Dialogue> {
  const { deps, job, octokit, state } = open;
  const said = await readSaid(octokit, state.repository, job);
  const book = await openOverrideBook(open);
  let answered: readonly Answered[] = [];
  return {
    said,
    isQuiet: () => said.comments.length + said.buttons.length + said.changed.size === 0 && !hasOwn(open, book),
    inForce: () => overridesInForce(overrides(book), state.number, deps.now()),
    async hold(verdict, approvers) {
      const isLastTry = isOutOfPatience(job);
      const people = peopleOf({ octokit, address: state.repository, now: deps.now, isLastTry });
      const findings = verdict?.complete ? verdict.findings : undefined;
      const isNeeded = said.comments.length > 0 || relevantOverrides(book, state.number, verdict?.findings).length > 0;
      const groups = isNeeded ? await people.approverGroups(approvers ?? []) : [];
      await settleOverrides(open, book, people, approvers && groups, said, findings);
      answered = await answerCommands({ open, people, groups, findings: verdict?.findings ?? [], book }, said);
    },
    publish: () => publishDialogue(open, book, answered, new Set(said.changed.keys())),
  };
}

function overrides(book: OverrideBook): readonly Override[] {
  return book.all().map(({ override }) => override);
}

function hasOwn({ state }: OpenPullRequest, book: OverrideBook): boolean {
  return overrides(book).some((override) => isOpen(override) && override.pullRequest === state.number);
}
