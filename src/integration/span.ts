/** A stretch of a file's text: UTF-16 offsets from 0, `end` behind the last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The items of a list sorted by `start` that lie wholly within a span. */
export function within<T extends Span>(sorted: readonly T[], span: Span): T[] {
  const found: T[] = [];
  for (let index = firstFrom(sorted, span.start); index < sorted.length; index += 1) {
    const item = sorted[index];
    if (item === undefined || item.start >= span.end) break;
    if (item.end <= span.end) found.push(item);
  }
  return found;
}

/** Index of the first item that starts at or after an offset. */
export function firstFrom(sorted: readonly Span[], offset: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Copies a text with every character of the spans, line breaks apart, replaced by a blank; `keep` are left as they are. Same length. */
export function blank(text: string, spans: readonly Span[], keep: readonly Span[] = []): string {
  const parts: string[] = [];
  let at = 0;
  for (const span of cut(spans, keep)) {
    if (span.start < at) continue;
    parts.push(text.slice(at, span.start), text.slice(span.start, span.end).replace(/[^\r\n]/g, ' '));
    at = span.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The spans without the stretches to keep, sorted by start. */
function cut(spans: readonly Span[], keep: readonly Span[]): Span[] {
  const sortedKeep = [...keep].sort((a, b) => a.start - b.start);
  const pieces = spans.flatMap((span) => {
    const result: Span[] = [];
    let start = span.start;
    for (const hole of within(sortedKeep, span)) {
      if (hole.start > start) result.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < span.end) result.push({ start, end: span.end });
    return result;
  });
  return pieces.sort((a, b) => a.start - b.start);
}
