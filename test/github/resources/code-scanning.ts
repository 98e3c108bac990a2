import { gunzipSync } from 'node:zlib';
import type { Log, Result } from 'sarif';
import { sarifProblems } from '../contract/sarif-problems.ts';
import { api } from '../render/common.ts';
import { notFound, ok, Refusal, type Reply } from '../reply.ts';
import { type Call, type Route, reads, repositoryOf, textOf, writes } from '../route.ts';
import type { Repository, SarifUpload } from '../state.ts';
import { derive, fullName } from '../world.ts';

/** Of the compressed file: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** What is above these is rejected as a whole: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
const MAXIMA = { runs: 20, results: 25_000, rules: 25_000, steps: 10_000, locations: 1000, tags: 20 } as const;

function uploadSarif(call: Call): Reply {
  const repository = repositoryOf(call);
  if (!repository.codeScanning.isEnabled) throw notEnabled();
  const body = call.body as { readonly commit_sha: string; readonly ref: string; readonly sarif: string };
  const file = Buffer.from(body.sarif, 'base64');
  if (file.length > MAX_FILE_BYTES) throw new Refusal(413, 'Payload Too Large');
  if (!repository.store.commits.has(body.commit_sha)) throw new Refusal(404, 'commit not found');
  if (!isRef(repository, body.ref)) throw new Refusal(404, `ref ${body.ref} not found in this repository`);
  const { log, errors } = read(file);
  const id = derive(`sarif ${repository.id} ${repository.codeScanning.uploads.size}`).slice(0, 36);
  repository.codeScanning.uploads.set(id, { ref: body.ref, commitSha: body.commit_sha, log, errors });
  const url = api(call.world, `/repos/${fullName(call.world, repository)}/code-scanning/sarifs/${id}`);
  return { status: 202, body: { id, url } };
}

/** GitHub makes the merge of a pull request on its own; the commit of this one is not kept. */
function isRef({ refs }: Repository, ref: string): boolean {
  return refs.has(ref.replace(/^(refs\/pull\/\d+)\/merge$/, '$1/head'));
}

function notEnabled(): Refusal {
  return new Refusal(
    403,
    'Code scanning is not enabled for this repository. Please enable code scanning in the repository settings.',
  );
}

/** GitHub reads the file after it has answered, and all of it or nothing. */
function read(file: Buffer): Pick<SarifUpload, 'log' | 'errors'> {
  try {
    const log: Log = JSON.parse(gunzipSync(file).toString('utf8'));
    const problems = sarifProblems(log);
    return { log, errors: problems.length > 0 ? problems : ingestionProblems(log) };
  } catch (error) {
    return { log: undefined, errors: [`invalid SARIF: ${error instanceof Error ? error.message : error}`] };
  }
}

/** What GitHub asks beyond the schema: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
function ingestionProblems({ runs }: Log): readonly string[] {
  const counts = runs.flatMap(({ results = [], tool }) => [
    ['results', results.length] as const,
    ['rules', tool.driver.rules?.length ?? 0] as const,
    ...results.map((result) => ['locations', result.locations?.length ?? 0] as const),
    ...results.map((result) => ['steps', stepsOf(result)] as const),
    ...(tool.driver.rules ?? []).map(({ properties }) => ['tags', properties?.tags?.length ?? 0] as const),
  ]);
  const all = [['runs', runs.length] as const, ...counts];
  return [
    ...all
      .filter(([what, count]) => count > MAXIMA[what])
      .map(([what, count]) => `rejecting SARIF, as there are more ${what} than allowed (${count} > ${MAXIMA[what]})`),
    ...runs.flatMap(({ results = [] }) => results.flatMap(resultProblems)),
  ];
}

function resultProblems({ locations = [], message }: Result): readonly string[] {
  const [first] = locations;
  if (first === undefined) return ['locationFromSarifResult: expected at least one location'];
  if (first.physicalLocation === undefined) return ['locationFromSarifResult: expected a physical location'];
  if (first.physicalLocation.artifactLocation?.uri === undefined)
    return ['locationFromSarifResult: expected artifact location'];
  return message.text === undefined ? ['expected a message with text'] : [];
}

function stepsOf({ codeFlows = [] }: Result): number {
  return codeFlows.flatMap(({ threadFlows }) => threadFlows).reduce((sum, { locations }) => sum + locations.length, 0);
}

function getSarif(call: Call): Reply {
  const repository = repositoryOf(call);
  if (!repository.codeScanning.isEnabled) throw notEnabled();
  const id = textOf(call, 'sarif_id');
  const upload = repository.codeScanning.uploads.get(id);
  if (upload === undefined) throw notFound();
  const analyses = api(call.world, `/repos/${fullName(call.world, repository)}/code-scanning/analyses?sarif_id=${id}`);
  return ok(
    upload.errors.length > 0
      ? { processing_status: 'failed', analyses_url: null, errors: upload.errors }
      : { processing_status: 'complete', analyses_url: analyses },
  );
}

export const codeScanning: readonly Route[] = [
  { operation: 'code-scanning/upload-sarif', needs: writes('security_events'), handle: uploadSarif },
  { operation: 'code-scanning/get-sarif', needs: reads('security_events'), handle: getSarif },
];
