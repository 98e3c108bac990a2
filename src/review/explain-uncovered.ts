import { compileGlobs } from '../document/glob.ts';
import { type ChangedLines, isChanged } from './changed-lines.ts';
import { quoteTitle } from './names.ts';
import type { FileChange } from './repository-state.ts';
import type { JudgedState } from './state-findings.ts';
import type { Finding } from './verdict.ts';

/**
 * Tells those whose change uncovers code that it does not touch: a declaration is gone, its `covers` reach less, or the file moved. Such a
 * finding names the use case that answered for the code in the base.
 */
export function explainUncovered(
  findings: readonly Finding[],
  base: JudgedState,
  changes: readonly FileChange[],
  changed: ChangedLines,
): readonly Finding[] {
  const covers = base.useCases.map(({ useCase }) => ({ useCase, reaches: compileGlobs(useCase.covers) }));
  const previous = new Map(changes.map(({ path, previousPath }) => [path, previousPath ?? path]));
  return findings.map((finding) => {
    const { kind, age, place } = finding;
    if (kind !== 'undeclared_integration' || age !== 'new' || place === undefined || isChanged(changed, place))
      return finding;
    const before = previous.get(place.path) ?? place.path;
    const found = covers.find(({ reaches }) => reaches(before));
    return found === undefined ? finding : uncovered(finding, found.useCase, before);
  });
}

function uncovered(
  finding: Finding,
  useCase: { readonly id: string; readonly title: string; readonly place: { readonly path: string } },
  before: string,
): Finding {
  const { id, title, place } = useCase;
  const moved = before === finding.place?.path ? '' : ` It stood in ${before}.`;
  return {
    ...finding,
    uncoveredFrom: { id, title, path: place.path },
    message: `${finding.message} Until this change ${quoteTitle(useCase)} covered it.${moved}`,
    remedy: `Restore the declaration (${place.path}) or let its \`covers\` reach the file; or remove the code as well.`,
  };
}
