/** One hunk of a unified diff. Line numbers count from 1. */
export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly HunkLine[];
}

/** `added` has a new line only, `removed` an old line only, `context` both. `text` is without its prefix. */
export interface HunkLine {
  readonly kind: 'added' | 'removed' | 'context';
  readonly oldLine?: number;
  readonly newLine?: number;
  readonly text: string;
}

const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/**
 * Reads the hunks of one file's patch as GitHub gives it (`patch` of a changed file: hunks only, no file header). What is no hunk is
 * passed over; a hunk that ends early is taken as far as it goes. Linear in the patch.
 */
export function parseHunks(patch: string): readonly Hunk[] {
  const lines = patch.split('\n');
  const hunks: Hunk[] = [];
  let at = 0;
  while (at < lines.length) {
    const header = HEADER.exec(String(lines[at]));
    at += 1;
    if (header === null) continue;
    const hunk = readHunk(lines, at, header);
    hunks.push(hunk.hunk);
    at = hunk.next;
  }
  return hunks;
}

function readHunk(lines: readonly string[], start: number, header: RegExpExecArray): { hunk: Hunk; next: number } {
  const [oldStart, newStart] = [Number(header[1]), Number(header[3])];
  let [oldLeft, newLeft] = [Number(header[2] ?? 1), Number(header[4] ?? 1)];
  let [oldLine, newLine] = [oldStart, newStart];
  const read: HunkLine[] = [];
  let at = start;
  for (; at < lines.length && (oldLeft > 0 || newLeft > 0); at += 1) {
    const line = String(lines[at]);
    const text = line.slice(1);
    // `\ No newline at end of file` belongs to neither side.
    if (line.startsWith('\\')) continue;
    if (line.startsWith('+') && newLeft > 0) {
      read.push({ kind: 'added', newLine, text });
      newLine += 1;
      newLeft -= 1;
    } else if (line.startsWith('-') && oldLeft > 0) {
      read.push({ kind: 'removed', oldLine, text });
      oldLine += 1;
      oldLeft -= 1;
    } else if (line.startsWith(' ') || line === '') {
      read.push({ kind: 'context', oldLine, newLine, text });
      oldLine += 1;
      newLine += 1;
      oldLeft -= 1;
      newLeft -= 1;
    } else {
      break;
    }
  }
  return { hunk: { oldStart, newStart, lines: read }, next: at };
}

/**
 * The lines of the new file that a review comment may stand on: those from `startLine` to `endLine` that one hunk shows.
 * GitHub refuses a whole review (422) for one comment outside the hunks, and a range must lie within one hunk.
 * https://docs.github.com/en/rest/pulls/comments#create-a-review-comment-for-a-pull-request
 */
export function anchorWithin(
  hunks: readonly Hunk[],
  startLine: number,
  endLine: number,
): { readonly startLine: number; readonly line: number } | undefined {
  for (const hunk of hunks) {
    const shown = hunk.lines.flatMap((line) => line.newLine ?? []);
    const within = shown.filter((line) => line >= startLine && line <= endLine);
    const [first, last] = [within[0], within.at(-1)];
    if (first !== undefined && last !== undefined) return { startLine: first, line: last };
  }
  return undefined;
}
