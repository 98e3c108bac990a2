import { gzipSync } from 'node:zlib';

/** Above this GitHub takes no SARIF, compressed: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large */
const MAX_COMPRESSED_BYTES = 10 * 1024 * 1024;

/** What GitHub does with a file that it was sent. */
export type SarifStatus =
  | { readonly status: 'pending' | 'complete' }
  | { readonly status: 'failed'; readonly reason: string };

/** Code scanning, as far as it takes SARIF. Both reject with an error that has the HTTP `status`. */
export interface CodeScanning {
  /** @param sarif compressed and in base64 @returns the upload's id */
  uploadSarif(upload: { readonly commitSha: string; readonly ref: string; readonly sarif: string }): Promise<string>;
  /** Waits a little where GitHub is not done yet; `pending` where that takes longer. */
  sarifStatus(id: string): Promise<SarifStatus>;
}

/**
 * Sends a SARIF file to code scanning. Never rejects: whether a change may be merged does not hang on it.
 *
 * @returns what became of it, as a line of the step's log: a warning where code scanning does not show it
 */
export async function sendSarif(
  github: CodeScanning,
  { text, commitSha, ref }: { readonly text: string; readonly commitSha: string; readonly ref: string },
): Promise<string> {
  const compressed = gzipSync(text);
  if (compressed.length > MAX_COMPRESSED_BYTES)
    return warning(
      'It is larger than the 10 MB, compressed, that GitHub takes. The verdict stands; sightline check shows all findings.',
    );
  try {
    const id = await github.uploadSarif({ commitSha, ref, sarif: compressed.toString('base64') });
    const status = await github.sarifStatus(id);
    if (status.status === 'failed') return warning(`GitHub could not read it: ${status.reason}.`);
    return status.status === 'complete' ? 'Code scanning has the SARIF.\n' : 'SARIF was sent to code scanning.\n';
  } catch (error) {
    return warning(reasonOf(error));
  }
}

/** By status: https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data */
const REMEDIES: Readonly<Record<number, string>> = {
  403: 'Give the job the permission security-events: write, and see that code scanning is on for the repository (for a private one, that needs GitHub Code Security); or leave upload-sarif out.',
  404: 'The token cannot see this repository, or the commit is not in it any more.',
  413: 'It is larger than GitHub takes.',
};

function reasonOf(error: unknown): string {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const said = message.replace(/ - https:\/\/docs\.github\.com\S*$/, '').replace(/\.?$/, '.');
  return `GitHub answered: ${said} ${REMEDIES[status] ?? 'Run the job again.'}`;
}

/** Whatever GitHub said, it must not be another workflow command. */
function warning(text: string): string {
  const line = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::warning title=Code scanning does not have the SARIF::${line}\n`;
}
