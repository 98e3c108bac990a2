/**
 * Characters that show nothing or turn the reading direction: format characters (bidi controls, zero width, tags) and the fillers that
 * Unicode does not class as such. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const INVISIBLE = /\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/gu;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Control characters but for line feed and tab, and halves of surrogate pairs. */
const CONTROL = /[^\P{Cc}\n\t]|\p{Cs}/gu;
const REPLACEMENT = '\ufffd';

/** Put after a character to part it from what follows; shows nothing, and no filter of GitHub reads over it. */
const PART = '\u200b';

/**
 * Text in which everything can be seen: line ends are `\n`, invisible characters are gone, and those that control the terminal or the
 * reading direction are shown as `�`. Linear.
 */
export function visible(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll(INVISIBLE, (character) => (BIDI.test(character) ? REPLACEMENT : ''))
    .replaceAll(CONTROL, REPLACEMENT);
}

/** The same on one line: runs of white space are one space, none at the ends. */
export function oneLine(text: string): string {
  return visible(text).split(/\s+/u).filter(Boolean).join(' ');
}

/** At most `length` UTF-16 units, cut between characters, with `…` in the place of what is cut. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, Math.max(0, end))}…`;
}

/**
 * Parts what GitHub would turn into links after Markdown is rendered, where no escape helps: mentions, issue and commit references, URLs
 * and e-mail addresses. https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function partReferences(text: string): string {
  return text
    .replaceAll('@', `@${PART}`)
    .replaceAll('://', `:${PART}//`)
    .replaceAll(/#(?=[\p{L}\p{N}_])/gu, `#${PART}`)
    .replaceAll(/gh-(?=\d)|www(?=\.)|mailto:|xmpp:/gi, `$&${PART}`)
    .replaceAll(/[\da-f]{7,}/gi, (digits) => digits.replaceAll(/.{6}/g, `$&${PART}`));
}

/** Text as Markdown's inline text: it renders as itself and as nothing else, on one line, also where it begins the line. */
export function escapeMarkdown(text: string): string {
  return partReferences(oneLine(text))
    .replaceAll(/[\\`*_[\]~|$#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^(?=[-+=:])/, '\\')
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\');
}

/** Text within an HTML element (`<summary>`), where Markdown's escapes would show. */
export function escapeHtml(text: string): string {
  return partReferences(oneLine(text))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
