/** A path of the repository as a relative URI; halves of surrogate pairs, which no URI can hold, are replaced. */
export function fileUri(path: string): string {
  return path
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
