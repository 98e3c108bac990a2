import { createHash } from 'node:crypto';

/** What a comment of ours says about itself, hidden in its text. Whose comment it is is never decided by that. */
export interface CommentMark {
  /** Of the finding that the comment is about. */
  readonly fingerprint: string;
  /** Digest of the text as we wrote it, so that an edit of ours is only sent where it changes something. */
  readonly digest: string;
}

const PATTERN = /<!-- sightline:finding ([\w.:~-]{1,200}) ([0-9a-f]{16}) -->\s*$/;

/** A comment's body with its mark at the end. Fingerprints are of letters, digits and `.:_~-`. */
export function markComment(body: string, fingerprint: string): string {
  return `${body.trimEnd()}\n\n<!-- sightline:finding ${fingerprint} ${digestOf(body)} -->`;
}

/** Reads the mark of a comment that is known to be ours; undefined where there is none. */
export function readMark(body: string): CommentMark | undefined {
  const [, fingerprint, digest] = PATTERN.exec(body) ?? [];
  return fingerprint && digest ? { fingerprint, digest } : undefined;
}

/** A comment's body as it was before it was marked. */
export function withoutMark(body: string): string {
  return body.replace(PATTERN, '').trimEnd();
}

/** Digest of an unmarked body, to compare with a mark's. */
export function digestOf(body: string): string {
  return createHash('sha256').update(body.trimEnd()).digest('hex').slice(0, 16);
}
