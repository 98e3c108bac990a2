import { wordsOf } from './arguments.ts';
import type { CatalogEntry } from './catalog-format.ts';
import { argumentSpans, type DataFlow } from './data-flow.ts';
import type { Hit } from './hit.ts';
import { argumentName } from './name-index.ts';
import type { Call, Pair, SourceView } from './source-view.ts';
import type { Span } from './span.ts';

type Medium = 'image' | 'document' | 'other';
type MimeSpec = NonNullable<CatalogEntry['mime']>;

/** What the words of a MIME type, a constant of it, or a file's ending say of the medium; the first row that fits counts. */
const MEDIA: readonly { readonly medium: Medium; readonly words: RegExp }[] = [
  {
    medium: 'image',
    words:
      /\b(?:image|video)\/|\bimage_|data:(?:image|video)|\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|mp4|mov|avi|webm|mkv)\b|image(?:png|jpe?g|gif|webp)/i,
  },
  { medium: 'document', words: /application\/pdf|application_pdf|\.pdf\b/i },
  {
    medium: 'other',
    words:
      /\b(?:audio|text|application|font|model)\/|\baudio_|\.(?:mp3|wav|ogg|flac|m4a|aac|txt|md|jsonl?|ndjson|csv|tsv|xml|ya?ml|zip|parquet|html?|py|docx?|xlsx?)\b/i,
  },
];

/** What the names beside a MIME type that is not known say. */
const HINTS: readonly { readonly medium: Medium; readonly words: RegExp }[] = [
  { medium: 'other', words: /audio|speech|voice|sound|\bpcm\b|dataset|transcript|jsonl|\bcsv\b/i },
  { medium: 'image', words: /image|\bimg|photo|picture|screenshot|frame|video|png|jpe?g|camera/i },
  { medium: 'document', words: /pdf|document/i },
];

/** Reads the MIME type of a call that carries some medium: the hit as that medium has it, or undefined where it is no image and no document. */
export function mimeOfCall(view: SourceView, flow: DataFlow, call: Call, base: Hit, spec: MimeSpec): Hit | undefined {
  const names = new Set(spec.names.map(argumentName));
  const named = flow.names().values(names, call.args);
  const positional = spec.position === undefined ? undefined : argumentSpans(view, call)[spec.position];
  const values = named.length > 0 || positional === undefined ? named : [positional];
  return ofMedium(base, medium(view, flow, values, { start: call.start, end: call.end }), values.length > 0);
}

/** The same for an object literal: `siblings` are its pairs. */
export function mimeOfPairs(
  view: SourceView,
  flow: DataFlow,
  siblings: readonly Pair[],
  base: Hit,
  spec: MimeSpec,
): Hit | undefined {
  const names = new Set(spec.names.map(argumentName));
  const values = siblings.filter((pair) => names.has(argumentName(pair.key))).map((pair) => pair.value);
  const whole = {
    start: siblings[0]?.start ?? 0,
    end: siblings.reduce((end, pair) => Math.max(end, pair.end), 0),
  };
  return ofMedium(base, medium(view, flow, values, whole), values.length > 0);
}

function medium(
  view: SourceView,
  flow: DataFlow,
  values: readonly Span[],
  whole: Span,
): { medium: Medium; sure: boolean } | undefined {
  for (const value of values) {
    const written = view.text.slice(value.start, Math.min(value.end, value.start + 400));
    const words = wordsOf(view, flow, value).join(' ');
    const bound = boundText(view, flow, value);
    const found = [written, bound].flatMap((text) => MEDIA.find((row) => row.words.test(text)) ?? [])[0];
    if (found !== undefined) return { medium: found.medium, sure: true };
    const hinted = HINTS.find((row) => row.words.test(words));
    if (hinted !== undefined) return { medium: hinted.medium, sure: true };
  }
  const text = view.text.slice(whole.start, Math.min(whole.end, whole.start + 600));
  const found = [...MEDIA, ...HINTS].find((row) => row.words.test(text));
  return found === undefined ? undefined : { medium: found.medium, sure: true };
}

/** The text of what a value's name is bound to. */
function boundText(view: SourceView, flow: DataFlow, value: Span): string {
  const name = /([\w$]+)\W*$/.exec(view.code.slice(value.start, Math.min(value.end, value.start + 200)))?.[1];
  const bound = name === undefined ? undefined : flow.binding(name, value.start)?.value;
  return bound === undefined ? '' : view.text.slice(bound.start, Math.min(bound.end, bound.start + 400));
}

function ofMedium(base: Hit, found: { medium: Medium } | undefined, given: boolean): Hit | undefined {
  if (found?.medium === 'image') return base;
  if (found?.medium === 'document') return { ...base, capability: 'document_understanding' };
  if (found?.medium === 'other' || !given) return undefined;
  return { ...base, certainty: 'potential' };
}
