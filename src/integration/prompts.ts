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

/** The strings that go to the model beside an image: in the same call or literal, and, one step, behind the names in it. */
function textsBeside({ view, flow }: Scene, image: Span): Text[] {
  const region = regionOf(view, image);
  const names = [...view.code.slice(region.start, region.end).matchAll(/[A-Za-z_$][\w$]*/g)].slice(0, MAX_NAMES);
  const bound = new Map<number, Span>();
  for (const match of names) {
    const value = flow.binding(match[0], region.start)?.value;
    if (value !== undefined && value.end - value.start < MAX_REGION) bound.set(value.start, value);
  }
  return [region, ...bound.values()].flatMap((span) => within(view.strings, span));
}

/** The widest call or assigned value around an image that is no larger than is read. */
function regionOf(view: SourceView, image: Span): Span {
  const around = [...view.calls, ...view.bindings.flatMap((item) => item.value ?? [])].filter(
    (span) =>
      span.start <= image.start &&
      span.end >= image.end &&
      span.end - span.start <= MAX_REGION &&
      !isFunction(view, span),
  );
  return around.reduce<Span>(
    (widest, span) => (span.end - span.start > widest.end - widest.start ? span : widest),
    image,
  );
}

/** Calls whose arguments are whole functions (`it('…', () => {…})`) hold more than one message. */
function isFunction(view: SourceView, span: Span): boolean {
  const code = view.code.slice(span.start, Math.min(span.end, span.start + 4000));
  return /=>\s*\{|\bfunction\b|\bdef\b|\bfunc\b|;\s*\n/.test(code);
}

/** Words that turn a request into its opposite, in the same sentence before it. */
const NEGATION = /\b(?:not|never|don t|do not|doesn t|cannot|can t|without|avoid|refuse|instead of|no)\b/;

/** The rules of the lexicon that a text meets, sentence by sentence. */
export function askedFor(text: string, rules: readonly PromptRule[]): PromptRule[] {
  const sentences = text.split(/[.!?;:\n]|\\n/).map(
    (sentence) =>
      ` ${sentence
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()} `,
  );
  return rules.filter((rule) => sentences.some((sentence) => meets(sentence, rule)));
}

function meets(sentence: string, rule: PromptRule): boolean {
  if (rule.not.some((phrase) => phraseAt(sentence, phrase) !== undefined)) return false;
  return rule.phrases.some((phrase) => {
    const at = phraseAt(sentence, phrase);
    return at !== undefined && !NEGATION.test(sentence.slice(0, at));
  });
}

const expressions = new Map<string, RegExp>();

/** Where a phrase stands in a sentence of words: `x*` is a prefix, a lone `*` up to four words. */
function phraseAt(sentence: string, phrase: string): number | undefined {
  let expression = expressions.get(phrase);
  if (expression === undefined) {
    const words = phrase
      .split(' ')
      .map((word) => (word === '*' ? '(?:[^ ]+ ){0,4}?' : `${word.replace('*', '[^ ]*')} `));
    expression = new RegExp(` ${words.join('')}`, 'u');
    expressions.set(phrase, expression);
  }
  const match = expression.exec(sentence);
  return match === null ? undefined : match.index;
}
