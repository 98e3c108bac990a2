import type { Hit } from './hit.ts';
import type { Scene } from './match-calls.ts';
import type { PromptRule } from './prompt-format.ts';
import type { Found } from './scan-kind.ts';
import type { SourceView } from './source-view.ts';
import { type Span, within } from './span.ts';

/** How much of a call or literal around an image is read for prompts, in characters, and how much of what its names are bound to. */
const MAX_REGION = 30_000;
const MAX_NAMES = 200;

/** What the prompts beside images ask of the people in them. */
export function promptFindings(scene: Scene, hits: readonly Hit[]): Found[] {
  const images = hits.filter(
    (one) => 'shape' in one.owned.owner && one.owned.owner.prompt && one.capability === 'image_understanding',
  );
  return images.flatMap((image) => {
    const provider = scene.claims.provider(image.owned);
    if (provider === undefined) return [];
    return textsBeside(scene, image).flatMap((text) =>
      askedFor(text.value, scene.catalog.prompts).map(
        (rule): Found => ({
          start: text.start,
          end: text.end,
          provider: provider.provider,
          capability: rule.capability,
          certainty: 'seen',
          facts: rule.facts ?? {},
          entry: `prompt-${rule.id}`,
        }),
      ),
    );
  });
}

interface Text extends Span {
  readonly value: string;
}

/** The strings that go to the model beside an image: in the same call or literal, in what is handed over with it, and, one step, behind the names in it. */
function textsBeside({ view, flow }: Scene, image: Span): Text[] {
  const regions = regionsBeside(view, image);
  const bound = new Map<number, Span>();
  for (const region of regions) {
    const names = [...view.code.slice(region.start, region.end).matchAll(/[A-Za-z_$][\w$]*/g)].slice(0, MAX_NAMES);
    for (const match of names) {
      const value = flow.binding(match[0], region.start)?.value;
      if (value !== undefined && value.end - value.start < MAX_REGION) bound.set(value.start, value);
    }
  }
  const texts = [...regions, ...bound.values()].flatMap((span) => within(view.strings, span));
  return [...new Map(texts.map((text) => [text.start, text])).values()];
}

/** Calls by which the parts of a message are put together. */
const COLLECTS = /^(?:append|push|add|extend|concat|insert|unshift|addall|addusermessage|addsystemmessage)$/i;
const MAX_REGIONS = 12;

/** The literal or call around an image, others that add to the same list, and calls that are given what it is bound to. */
function regionsBeside(view: SourceView, image: Span): Span[] {
  const region = regionOf(view, image);
  const lists = view.calls
    .filter((call) => call.start <= image.start && call.end >= image.end && COLLECTS.test(call.segments.at(-1) ?? ''))
    .flatMap((call) => call.segments.at(-2) ?? []);
  const added = view.calls.filter(
    (call) => COLLECTS.test(call.segments.at(-1) ?? '') && lists.includes(String(call.segments.at(-2))),
  );
  const names = [
    ...lists,
    ...view.bindings
      .filter(({ value }) => value !== undefined && value.start <= image.start && value.end >= image.end)
      .filter(({ value }) => value !== undefined && value.end - value.start <= MAX_REGION && !isFunction(view, value))
      .flatMap((binding) => binding.segments.at(-1) ?? []),
  ];
  const given = view.calls.filter(
    ({ args }) => args.end - args.start <= 4_000 && !isFunction(view, args) && isGiven(view, args, names),
  );
  return [region, ...[...added, ...given].slice(0, MAX_REGIONS)];
}

function isGiven(view: SourceView, args: Span, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const words = new Set(view.code.slice(args.start, args.end).match(/[A-Za-z_$][\w$]*/g) ?? []);
  return names.some((name) => words.has(name));
}

/** Entries of data that hold a whole message. */
const MESSAGE_KEY = /^(?:messages|contents?|inputs?|body|payload|request|requestbody|params|parameters|prompt)$/i;

/** How far around an image texts are read where no call or literal holds it: data, scripts. */
const NEAR = 2_000;

/** The widest call or assigned value around an image that is no larger than is read; in data, the widest entry. */
function regionOf(view: SourceView, image: Span): Span {
  const holders =
    view.calls.length > 0
      ? view.bindings.flatMap((item) => item.value ?? [])
      : view.pairs.filter((pair) => MESSAGE_KEY.test(pair.key));
  const around = [...view.calls, ...holders].filter(
    (span) =>
      span.start <= image.start &&
      span.end >= image.end &&
      span.end - span.start <= MAX_REGION &&
      !isFunction(view, span),
  );
  const none = view.calls.length > 0 ? image : { start: Math.max(0, image.start - NEAR), end: image.end + NEAR };
  return around.reduce<Span>(
    (widest, span) => (span.end - span.start > widest.end - widest.start ? span : widest),
    none,
  );
}

/** Calls whose arguments are whole functions (`it('…', () => {…})`) hold more than one message. */
function isFunction(view: SourceView, span: Span): boolean {
  const code = view.code.slice(span.start, Math.min(span.end, span.start + 4000));
  return /=>\s*\{|\bfunction\b|\bdef\b|\bfunc\b|;\s*\n/.test(code);
}

/** Words that turn a request into its opposite, in the same sentence before it. */
const NEGATION = /\b(?:not|never|don t|doesn t|cannot|can t|without|avoid|refuse|ignore|instead of|no)\b/;

/**
 * The rules of the lexicon that a text meets. A rule is met where one of its phrases stands in a sentence without a negation before it, and
 * none of its `not` stands anywhere in the text.
 */
export function askedFor(text: string, rules: readonly PromptRule[]): PromptRule[] {
  const sentences = text
    .slice(0, MAX_REGION)
    .split(/[.!?;:\n。！？；]|\\n/)
    .map(wordsOnly);
  const whole = sentences.join('');
  return rules.filter(
    (rule) =>
      sentences.some((sentence) => rule.phrases.some((phrase) => isAsked(sentence, phrase))) &&
      !rule.not.some((phrase) => phraseIn(phrase).test(whole)),
  );
}

/** Lower case words, one blank around each. */
function wordsOnly(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

function isAsked(sentence: string, phrase: string): boolean {
  const match = phraseIn(phrase).exec(sentence);
  return match !== null && !NEGATION.test(sentence.slice(0, match.index));
}

const expressions = new Map<string, RegExp>();

/** A phrase as an expression over words: `x*` is a prefix, a lone `*` up to four words. What belongs to the last word (`the person's coat`) is not asked for. */
function phraseIn(phrase: string): RegExp {
  const known = expressions.get(phrase);
  if (known !== undefined) return known;
  if (UNSPACED.test(phrase)) return remembered(phrase, new RegExp(phrase, 'u'));
  const words = phrase.split(' ').map((word) => (word === '*' ? '(?:[^ ]+ ){0,4}?' : `${word.replace('*', '[^ ]*')} `));
  return remembered(phrase, new RegExp(` ${words.join('')}(?!s )`, 'u'));
}

/** Scripts that put no blanks between words: a phrase in them may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function remembered(phrase: string, expression: RegExp): RegExp {
  expressions.set(phrase, expression);
  return expression;
}
