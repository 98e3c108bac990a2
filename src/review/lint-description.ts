import type { UseCase } from '../declaration/use-case.ts';
import type { Facts } from '../facts/fact.ts';
import { includesAny } from '../facts/includes-any.ts';
import { choosePlace, firstLine } from './choose-place.ts';
import { type Draft, type DraftContext, ownTerms } from './draft.ts';
import { ownLevel } from './levels.ts';
import { LEXICON, type LexiconEntry } from './lexicon.ts';
import { quoteTitle } from './names.ts';

const KIND = 'description_lint';

/** A description beyond this many words is looked at no further. */
const MAX_WORDS = 5000;

/** Words that turn a phrase round, as far before it as people put them: "does not use any facial recognition". */
const NEGATIONS: ReadonlySet<string> = new Set([
  'no',
  'not',
  'never',
  'without',
  'neither',
  'nor',
  'none',
  "doesn't",
  "don't",
  "isn't",
  'kein',
  'keine',
  'nicht',
  'pas',
  'sans',
]);
const NEGATION_REACH = 4;

const LONGEST_PHRASE = Math.max(...LEXICON.flatMap(({ phrases }) => phrases.map((phrase) => phrase.split(' ').length)));

const PHRASES: ReadonlyMap<string, LexiconEntry> = new Map(
  LEXICON.flatMap((entry) => entry.phrases.map((phrase) => [phrase, entry] as const)),
);

/**
 * Asks where the words of a title or description go with other facts than those that are stated. A fact that nobody stated is not asked for
 * here: the policies do that. Linear in the words.
 */
export function lintDescription(useCase: UseCase, context: DraftContext): readonly Draft[] {
  const spoken = phrasesIn(`${useCase.title}. ${useCase.description}`);
  return [...spoken].flatMap(([entry, phrase]) => {
    const contradicting = contradictingFacts(entry, useCase.facts);
    if (contradicting.length === 0) return [];
    return [draftFor(useCase, entry, phrase, contradicting, context)];
  });
}

/** The first phrase of each entry that the text speaks without a negation. */
function phrasesIn(text: string): ReadonlyMap<LexiconEntry, string> {
  const found = new Map<LexiconEntry, string>();
  for (const sentence of text
    .toLowerCase()
    .split(/[.!?;\n]/u)
    .slice(0, MAX_WORDS)) {
    const words = sentence
      .split(/[^\p{L}\p{N}'-]+/u)
      .filter(Boolean)
      .slice(0, MAX_WORDS);
    for (const [start] of words.entries()) {
      for (let length = 1; length <= LONGEST_PHRASE; length += 1) {
        const phrase = words.slice(start, start + length).join(' ');
        const entry = PHRASES.get(phrase);
        if (entry === undefined || found.has(entry) || isNegated(words, start)) continue;
        found.set(entry, phrase);
      }
    }
  }
  return found;
}

function isNegated(words: readonly string[], start: number): boolean {
  return words.slice(Math.max(0, start - NEGATION_REACH), start).some((word) => NEGATIONS.has(word));
}

/** The stated facts of an entry, if there are any and none of them goes with the words; none otherwise. */
function contradictingFacts({ expects }: LexiconEntry, facts: Facts): readonly string[] {
  const stated = Object.entries(expects).filter(([name]) => facts.has(name));
  const isContradicted = stated.every(([name, values]) => includesAny(facts.get(name)?.state, values) === 'false');
  return isContradicted ? stated.map(([name]) => name) : [];
}

function draftFor(
  useCase: UseCase,
  entry: LexiconEntry,
  phrase: string,
  contradicting: readonly string[],
  { configuration, changed, documents }: DraftContext,
): Draft {
  const text = documents.get(useCase.place.path);
  const places = ['description', 'title', ...contradicting.map((name) => `facts.${name}`)].flatMap(
    (key) => useCase.places.get(key) ?? [],
  );
  return {
    identity: [KIND, useCase.id, entry.id],
    finding: {
      kind: KIND,
      rule: KIND,
      level: ownLevel(KIND, 'warn', configuration.severity),
      useCase: { id: useCase.id, title: useCase.title },
      message: `The description of ${quoteTitle(useCase)} speaks of \`${phrase}\`, which does not go with its ${contradicting.map((name) => `\`${name}\``).join(', ')}.`,
      remedy: `${entry.question} If not, other words would spare readers the question.`,
      decisiveFacts: [],
      missingFacts: [],
      ...choosePlace(
        (places.length > 0 ? places : [useCase.place]).map((place) => firstLine(place, text)),
        changed,
      ),
      override: ownTerms(KIND),
    },
  };
}
