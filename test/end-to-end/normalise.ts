/**
 * Takes away what differs from run to run, so that golden files tell only what a developer would read differently: addresses,
 * commits, ids, times, and the policies in force with their digests.
 */
export function normalise(text: string, host: string): string {
  return text
    .replaceAll(`http://${host}`, 'https://github.test')
    .replace(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replace(/`[0-9a-f]{12}`/g, '`<digest>`')
    .replace(/(?: *│ \| `[^`]+` \| [^|]+ \| `<digest>` \|\n)+/g, '  │ | <policies in force> |\n')
    .replace(/\b20\d\d-\d\d-\d\d(?=T)[\dT:.Z-]+/g, '<time>')
    .replace(/\/(runs|issues\/comments)\/\d+/g, '/$1/<id>')
    .replace(/#(issuecomment-|discussion_r)\d+/g, '#$1<id>');
}
