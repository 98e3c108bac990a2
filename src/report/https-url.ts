/** Longer addresses are not linked. */
const MAX_LENGTH = 2000;

/** An address as it may stand within Markdown's `(…)` and elsewhere; undefined where it is not plain https. */
export function httpsUrl(url: string): string | undefined {
  if (url.length > MAX_LENGTH || !URL.canParse(url)) return undefined;
  const { protocol, href, hostname, username } = new URL(url);
  // `https://publisher.example@elsewhere.example` reads as the publisher's.
  if (protocol !== 'https:' || username !== '' || hostname.startsWith('[')) return undefined;
  return href.replaceAll(
    /[()[\]{}<>^\\`"'|\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
