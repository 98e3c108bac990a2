// Scores what `sightline scan` finds against a file of labels, one JSON object a line.
//
// usage: node scripts/score-scan.mjs LABELS.jsonl DIR [--findings SCAN.json]
//
// DIR holds the labelled files as DIR/<owner>+<name>/<path>. Findings come from `sightline scan --format json DIR` of the
// built command line, or from a file with its output (paths relative to DIR).
//
// One label has `repo`, `path`, `class` (positive, near_miss_harmless, negative) and `findings`, each with `provider`,
// `capability`, `start_line`, `end_line`, and perhaps `also_lines`, `accept` (other capabilities that count as right),
// `accept_providers`, `optional` (neither reporting nor missing it counts). A hit counts within 5 lines of the label or of
// one of `also_lines`. Counted once per (file, provider, capability). Exit status: 0 all targets met, 1 not, 2 wrong usage.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';

const NEAR = 5;
const TARGETS = { precision: 0.97, recall: 0.95, sensitiveRecall: 0.98 };
/** Capabilities that say nothing of who somebody is or what they are like. Everything else is sensitive. */
const HARMLESS = new Set([
  'face_detection',
  'face_quality',
  'object_detection',
  'ocr',
  'document_understanding',
  'content_moderation',
  'image_captioning',
  'image_generation',
  'image_embedding',
  'face_redaction',
  'person_detection',
  'unspecified',
]);
/** Names in labels that the vocabulary has no word for. */
const RENAMED = new Map(
  ['barcode_scanning', 'segmentation', 'web_detection', 'video_segment_detection', 'image_analysis'].map((name) => [
    name,
    'object_detection',
  ]),
);
/** A capability reported as another that the conventions of the labels count as the same. */
const SAME = new Map([['emotion_inference', 'face_attributes']]);

const vocabularyName = (name) => RENAMED.get(name) ?? name;

function readLabels(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

function scan(directory) {
  const cli = new URL('../dist/cli.js', import.meta.url).pathname;
  const done = spawnSync(process.execPath, [cli, 'scan', '--format', 'json', directory], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.error) throw done.error;
  return JSON.parse(done.stdout);
}

/** Findings of one file, one for each (provider, capability), with all lines it was seen on. */
function groupByCapability(findings) {
  const groups = new Map();
  for (const finding of findings) {
    const key = `${finding.provider} ${finding.capability}`;
    const group = groups.get(key) ?? { provider: finding.provider, capability: finding.capability, hits: [] };
    group.hits.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isNear(hit, label) {
  const spans = [[label.start_line, label.end_line], ...(label.also_lines ?? []).map((line) => [line, line])];
  return spans.some(([from, to]) => hit.start_line <= to + NEAR && hit.end_line >= from - NEAR);
}

function namesSame(group, label) {
  const providers = [label.provider, ...(label.accept_providers ?? [])];
  const capabilities = [label.capability, ...(label.accept ?? [])].map(vocabularyName);
  const reported = [group.capability, SAME.get(group.capability)];
  return providers.includes(group.provider) && capabilities.some((name) => reported.includes(name));
}

function scoreFile(label, findings) {
  const groups = groupByCapability(findings);
  const result = { found: [], missed: [], misplaced: [], wrong: [], right: [], overclaimed: [] };
  for (const expected of label.findings.filter((finding) => !finding.optional)) {
    const candidates = groups.filter((group) => namesSame(group, expected));
    if (candidates.some((group) => group.hits.some((hit) => isNear(hit, expected)))) result.found.push(expected);
    else if (candidates.length > 0) result.misplaced.push({ expected, candidates });
    else result.missed.push(expected);
  }
  for (const group of groups) {
    const answers = label.findings.filter((finding) => namesSame(group, finding));
    if (answers.length === 0) result.wrong.push(group);
    else if (answers.some((finding) => !finding.optional)) result.right.push(group);
    const sensitive = !HARMLESS.has(group.capability);
    if (label.class === 'near_miss_harmless' && sensitive && answers.length === 0) result.overclaimed.push(group);
  }
  return result;
}

function ratio(part, whole) {
  return whole === 0 ? 1 : part / whole;
}

function describe(group) {
  const places = group.hits.map((hit) => `${hit.start_line} (${hit.entry}: ${hit.evidence})`);
  return `${group.provider} ${group.capability} at ${places.slice(0, 3).join('; ')}`;
}

function printFile(label, result) {
  const lines = [
    ...result.missed.map((f) => `  missed    ${f.provider} ${f.capability} at ${f.start_line}: ${f.evidence}`),
    ...result.misplaced.map(
      ({ expected: f, candidates }) =>
        `  misplaced ${f.provider} ${f.capability} at ${f.start_line}, reported ${candidates.map(describe).join(', ')}`,
    ),
    ...result.wrong.map((group) => `  wrong     ${describe(group)}`),
  ];
  if (lines.length > 0) console.log([`${label.id} ${label.class} ${label.repo} ${label.path}`, ...lines].join('\n'));
}

function main() {
  const [labelFile, directory, ...options] = process.argv.slice(2);
  if (labelFile === undefined || directory === undefined) {
    console.error('usage: node scripts/score-scan.mjs LABELS.jsonl DIR [--findings SCAN.json]');
    return 2;
  }
  const at = options.indexOf('--findings');
  const findings = at < 0 ? scan(directory) : JSON.parse(readFileSync(options[at + 1], 'utf8'));
  const byPath = new Map();
  for (const finding of findings) {
    const absolute = isAbsolute(finding.path) ? finding.path : resolve(directory, finding.path);
    const path = relative(resolve(directory), absolute);
    byPath.set(path, [...(byPath.get(path) ?? []), finding]);
  }
  const total = {
    found: 0,
    expected: 0,
    right: 0,
    wrong: 0,
    sensitive: 0,
    sensitiveFound: 0,
    alarms: 0,
    overclaimed: 0,
  };
  for (const label of readLabels(labelFile)) {
    const path = `${label.repo.replace('/', '+')}/${label.path}`;
    const result = scoreFile(label, byPath.get(path) ?? []);
    const lost = [...result.missed, ...result.misplaced.map(({ expected }) => expected)];
    total.found += result.found.length;
    total.expected += result.found.length + lost.length;
    total.right += result.right.length;
    total.wrong += result.wrong.length;
    total.sensitiveFound += result.found.filter((finding) => !HARMLESS.has(finding.capability)).length;
    total.sensitive += [...result.found, ...lost].filter((finding) => !HARMLESS.has(finding.capability)).length;
    if (label.class === 'negative') total.alarms += result.wrong.length;
    total.overclaimed += result.overclaimed.length;
    printFile(label, result);
  }
  return report(total);
}

function report(total) {
  const precision = ratio(total.right, total.right + total.wrong);
  const recall = ratio(total.found, total.expected);
  const sensitiveRecall = ratio(total.sensitiveFound, total.sensitive);
  console.log(`precision         ${precision.toFixed(4)}  (${total.right} right, ${total.wrong} wrong)`);
  console.log(`recall            ${recall.toFixed(4)}  (${total.found} of ${total.expected})`);
  console.log(`sensitive recall  ${sensitiveRecall.toFixed(4)}  (${total.sensitiveFound} of ${total.sensitive})`);
  console.log(`alarms on files that hold nothing            ${total.alarms}`);
  console.log(`sensitive claims on files that are harmless  ${total.overclaimed}`);
  const met =
    precision >= TARGETS.precision &&
    recall >= TARGETS.recall &&
    sensitiveRecall >= TARGETS.sensitiveRecall &&
    total.alarms === 0 &&
    total.overclaimed === 0;
  return met ? 0 : 1;
}

process.exitCode = main();
