import type { Problem } from '../document/place.ts';
import { type Draft, type DraftContext, ownTerms } from './draft.ts';
import { ownLevel } from './levels.ts';
import { suggestionFor } from './suggest.ts';
import type { Level } from './verdict.ts';

/**
 * Findings for what is wrong with documents. A declaration that can't be read asks to be corrected: its facts are unknown until then. An error in
 * the configuration blocks: after the merge every pull request would be judged by it.
 */
export function documentFindings(
  problems: readonly Problem[],
  kind: 'invalid_document' | 'configuration',
  { configuration, documents }: DraftContext,
): readonly Draft[] {
  return problems.map((problem) => {
    const { code, level, place, message, remedy, suggestion } = problem;
    const text = documents.get(place.path);
    const fix = suggestion && suggestionFor(text, place.path, suggestion.range, suggestion.text);
    const error: Level = kind === 'configuration' ? 'block' : 'ask';
    return {
      identity: [kind, code, contextOf(text, place.range.startLine)],
      finding: {
        kind,
        rule: kind,
        level: ownLevel(kind, level === 'error' ? error : 'warn', configuration.severity),
        problem,
        message,
        remedy,
        decisiveFacts: [],
        missingFacts: [],
        place,
        related: [],
        ...(fix && { suggestion: fix }),
        override: ownTerms(kind),
      },
    };
  });
}

/** The line that is wrong, so that the same fault in another value is another finding. */
function contextOf(text: string | undefined, line: number): string {
  return (text?.split('\n')[line - 1] ?? '').trim().slice(0, 500);
}
