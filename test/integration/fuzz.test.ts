import { afterAll, describe, expect, it } from 'vitest';
import type { FileScan } from '../../src/integration/integration.ts';
import { createScanner } from '../../src/integration/scanner.ts';
import { WRITINGS } from './languages.ts';

/** `npm run fuzz:scan` sets more. */
const FILES = Number(process.env.FUZZ_FILES ?? 240);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const IN_FLIGHT = 8;

const scanner = createScanner();
afterAll(() => scanner.close());

/** A source text of every language, and of files that are no source. */
const FIXTURES: readonly { readonly path: string; readonly text: string }[] = [
  ...WRITINGS.map((writing) => ({
    path: writing.file,
    text: [
      writing.head,
      writing.string('https://rekognition.eu-west-1.amazonaws.com', 0),
      writing.string('https://x.cognitiveservices.azure.com/face/v1.0/detect?returnFaceAttributes=age', 1),
      writing.call(['client', 'detect_faces'], ['Attributes', 'ALL']),
      writing.call(['client', 'searchFacesByImage'], ['FaceMatchThreshold', '80']),
      writing.call(['client', 'CompareFacesAsync']),
      '{"type": "image_url", "image_url": {"url": "https://x.openai.azure.com"}}',
      writing.foot,
    ].join('\n'),
  })),
  { path: 'package.json', text: '{"dependencies": {"@aws-sdk/client-rekognition": "^3.0.0", "openai": "4"}}' },
  { path: 'requirements.txt', text: 'deepface==0.0.1\nface_recognition>=1 # x\n-r other.txt\n' },
  {
    path: 'pom.xml',
    text: '<project><dependencies><dependency><groupId>com.azure</groupId><artifactId>azure-ai-vision-face</artifactId></dependency></dependencies></project>',
  },
  { path: 'main.tf', text: 'resource "aws_rekognition_collection" "a" {\n  collection_id = var.y\n}\n' },
  {
    path: 'a.bicep',
    text: "resource f 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  kind: 'Face'\n  name: 'x'\n}\n",
  },
  {
    path: 'template.yaml',
    text: 'Resources:\n  C:\n    Type: AWS::Rekognition::Collection\n    Properties: {CollectionId: !Ref A}\n',
  },
  {
    path: 'Dockerfile',
    text: 'FROM exadel/compreface-core:1.2\nRUN pip install deepface && \\\n  aws rekognition list-faces\n',
  },
  {
    path: 'run.sh',
    text: "aws rekognition detect-faces --attributes 'ALL' | jq .\ncurl https://x/face/v1.0/verify -d '{\"a\": 1}'\n",
  },
  {
    path: 'a.ipynb',
    text: '{"cells": [{"cell_type": "code", "source": ["from deepface import DeepFace\\n", "DeepFace.verify(a, b)"]}], "metadata": {}, "nbformat": 4}',
  },
  { path: '.env', text: 'FACE_ENDPOINT=https://x.cognitiveservices.azure.com\nREKOGNITION_COLLECTION=a\n' },
];

/** Numbers between 0 and 1, the same for the same seed (mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A fixture repeated, cut at random, with random bytes flipped, doubled or left out. */
function spoil(bytes: Buffer, random: () => number): Buffer {
  const times = 1 + Math.floor(random() * 4);
  const whole = Buffer.concat(Array.from({ length: times }, () => bytes));
  const from = random() < 0.5 ? 0 : Math.floor(random() * whole.length);
  const cut = Buffer.from(whole.subarray(from, from + Math.floor(random() * (whole.length - from)) + 1));
  const flips = Math.floor(random() * 12);
  for (let flip = 0; flip < flips; flip += 1) cut[Math.floor(random() * cut.length)] = Math.floor(random() * 256);
  // Behind a JSON text nothing may stand.
  if (cut[0] === 0x7b) return cut;
  // Without a word of the catalog nothing would be parsed.
  return Buffer.concat([cut, Buffer.from('\n"rekognition:DetectFaces" "face/v1.0/"')]);
}

interface Seen {
  readonly path: string;
  /** Why it was not read, or what was done with it. */
  readonly reason: string;
  /** Milliseconds, with what it waited for a thread. */
  readonly time: number;
}

/** One row for each kind of file, one for all: how many, what became of them, the slowest. */
function report(seen: readonly Seen[]) {
  const row = (some: readonly Seen[]) => {
    const count = (reason: string) => some.filter((one) => one.reason === reason).length;
    return {
      files: some.length,
      ...{ scanned: count('scanned'), skipped: count('skipped'), unparsable: count('unparsable') },
      too_complex: count('too_complex'),
      ...{ timeout: count('timeout'), crashed: count('crashed') },
      'slowest (ms)': Math.round(some.reduce((most, one) => Math.max(most, one.time), 0)),
    };
  };
  const paths = [...new Set(seen.map((one) => one.path))];
  return Object.fromEntries([
    ...paths.map((path) => [path, row(seen.filter((one) => one.path === path))]),
    ['all', row(seen)],
  ]);
}

/** What spoiled files may be told of; none may take its whole time, or a thread with it. */
const EXPECTED: readonly string[] = ['unparsable', 'too_complex'];

const name = (scan: FileScan) => `${scan.path}: ${scan.status} ${scan.reason ?? ''}`.trim();

describe('hostile files', () => {
  it(`ends every one of ${FILES} spoiled files (seed ${SEED})`, { timeout: 60_000 + FILES * 50 }, async () => {
    const random = randomNumbers(SEED);
    const bad: string[] = [];
    const seen: Seen[] = [];
    const flying = new Set<Promise<void>>();
    for (let file = 0; file < FILES; file += 1) {
      const fixture = FIXTURES[file % FIXTURES.length];
      if (fixture === undefined) continue;
      const content = spoil(Buffer.from(fixture.text), random);
      const start = performance.now();
      const flight = scanner.scan(fixture.path, content).then((scan) => {
        flying.delete(flight);
        seen.push({ path: fixture.path, reason: scan.reason ?? scan.status, time: performance.now() - start });
        if (scan.reason !== undefined && !EXPECTED.includes(scan.reason))
          bad.push(`${name(scan)}: ${content.toString('base64')}`);
      });
      flying.add(flight);
      if (flying.size >= IN_FLIGHT) await Promise.race(flying);
    }
    await Promise.all(flying);
    if (process.env.FUZZ_FILES !== undefined) console.table(report(seen));
    expect(bad).toEqual([]);
  });

  const word = 'import rekognition\n';
  const LOST = `fun m() {
vWl s0 = "https://rekognition.eu-west-1.amazonaws.com"
val s1 = "https://x.cognitiveservices.azure.com/face/v1.0/detect?returnFaceAttributes=age"
\u001elient.detect_face\u0097(Attributes = "ALL")
client.searchFacesByImage(FaceMatchThreshold = "80")
{"type": "image_url", "image_url": {"url": "htt\u00f0s://xeopenai.azure.com"}}
}fun m() {
val s1 = "https://x.cognitiveservices.azure.com/face/v1.0/detect?retur\u0018FaceAttribute
"rekognition:DetectFaces" "face/v1.0/"`;
  const HOSTILE: readonly [string, string, string | Buffer][] = [
    ['nothing', 'a.py', ''],
    ['NULs', 'a.py', `${word}${'\0'.repeat(50_000)}`],
    ['random bytes', 'a.cs', Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 256))],
    [
      'lone surrogates and broken UTF-8',
      'a.js',
      Buffer.concat([Buffer.from(word), Buffer.from([0xed, 0xa0, 0x80, 0xff, 0xfe, 0xc3])]),
    ],
    ['deep parentheses', 'a.py', `${word}x = ${'('.repeat(50_000)}`],
    ['deep braces', 'a.ts', `${word}${'{'.repeat(50_000)}`],
    ['deep calls', 'A.java', `${word}class A { int m() { return ${'f('.repeat(20_000)}1; } }`],
    ['a chain of 100,000 calls', 'a.js', `${word}x${'\n.a(1)'.repeat(100_000)}`],
    ['a sum of 100,000 terms', 'a.go', `${word}x := ${'1 +\n'.repeat(100_000)}`],
    ['an unterminated string', 'a.rb', `${word}x = "${'a\n'.repeat(20_000)}`],
    ['a line of 5 MB', 'a.php', `${word}$x = '${'a'.repeat(5_000_000)}';`],
    ['100,000 strings', 'a.py', `${word}x = [${'"rekognition.x",\n'.repeat(50_000)}]`],
    ['100,000 assignments', 'a.py', `${word}${'a = b\n'.repeat(100_000)}`],
    ['deep JSON', 'a.json', `${'{"rekognition":['.repeat(20_000)}`],
    ['deep YAML', 'a.yml', `rekognition: ${'['.repeat(20_000)}`],
    ['deep HCL', 'a.tf', `${'a "aws_rekognition_collection" {\n'.repeat(20_000)}`],
    ['a backtracking trap', 'a.py', `${word}s = "${'*'.repeat(20_000)}face/v1.${'a'.repeat(20_000)}"`],
    ['a parser lost in a few broken lines', 'a.kt', LOST.repeat(2)],
    ['a MIME trap', 'a.js', `${word}require('@google/genai');\n${'Part.fromUri(x, '.repeat(3_000)}`],
  ];

  it.each(HOSTILE)('%s', async (_, path, content) => {
    const scan = await scanner.scan(path, Buffer.from(content));
    expect(['scanned', 'skipped', 'not_read']).toContain(scan.status);
    expect(scan.reason).not.toBe('crashed');
  });
});
