import type { Configuration } from '../../src/configuration/configuration.ts';
import type { FileChange } from '../../src/review/repository-state.ts';
import { resolveBasis } from '../../src/review/resolve-basis.ts';
import type { ReviewBasis } from '../../src/review/review-basis.ts';
import { reviewChange } from '../../src/review/review-change.ts';
import type { Finding, Verdict } from '../../src/review/verdict.ts';
import { CONFIGURATION, changed, declaration, integration, state } from '../review/kit.ts';

const DECLARATION = '.github/ai-use-cases/body-camera-search.yml';
const ON = '2024-06-03';

/** The shipped packs on that day. */
function shipped(change: Partial<Configuration> = {}): ReviewBasis {
  const { basis } = resolveBasis({ documents: new Map() }, ON);
  const configuration = { ...CONFIGURATION, ...change };
  // Digests of packs change with every correction of their words, which reports only repeat.
  const policies = basis.policies.map(({ id, version }) => ({ id, version, digest: `digest-of-${id}` }));
  return { ...basis, configuration, configurationDigest: 'digest-of-configuration', policies };
}

const POLICE_FACTS = [
  'operator: us_state_or_local_police',
  'deployment_countries: [US]',
  'capability: [image_understanding]',
  'latency: real_time',
  'camera_mobility: body_worn',
  'environment: uncontrolled',
  'reference_database: [suspects_or_wanted]',
].join('\n');

export const SEARCH = integration('src/match/search.py', 14, {
  provider: 'azure_openai',
  service: 'azure_openai',
  capability: 'image_understanding',
  facts: { capability: ['face_identification'] },
  entry: 'azure_openai/image_url',
  evidence: '    {"type": "image_url", "image_url": {"url": frame_url}},  # who is this?',
});

const policeDeclaration = declaration('body-camera-search', {
  services: '[azure_openai]',
  covers: '[src/match/**]',
  facts: POLICE_FACTS,
  description: 'Officers compare faces from their body cameras with a gallery of suspects.',
});

function withHandles(verdict: Verdict): Verdict {
  return {
    ...verdict,
    findings: verdict.findings.map((finding, index): Finding => ({ ...finding, handle: `F${index + 1}` })),
  };
}

/** The lines of a text as a patch that adds them all. */
export function addedFile(path: string, text: string): FileChange {
  const lines = text.trimEnd().split('\n');
  return {
    path,
    status: 'added',
    patch: `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}`).join('\n')}`,
  };
}

export interface Sample {
  readonly verdict: Verdict;
  readonly changes: readonly FileChange[];
}

function sample(
  input: Omit<Parameters<typeof reviewChange>[0], 'base' | 'on' | 'basis'> &
    Partial<Parameters<typeof reviewChange>[0]>,
): Sample {
  const verdict = reviewChange({
    base: state({ sha: 'c0ffee0000000000000000000000000000000000' }),
    on: ON,
    basis: shipped(),
    ...input,
  });
  return { verdict: withHandles(verdict), changes: input.changes };
}

const HEAD = 'deadbeef00000000000000000000000000000000';

function police(): Sample {
  return sample({
    head: state({ sha: HEAD, documents: { [DECLARATION]: policeDeclaration }, integrations: [SEARCH] }),
    changes: [addedFile(DECLARATION, policeDeclaration), addedFile(SEARCH.path, 'x\n'.repeat(20))],
  });
}

function missing(): Sample {
  const text = declaration('kiosk', {
    services: '[azure_openai]',
    facts:
      'operator: non_us_law_enforcement\ncapability: [face_identification]\nlatency: real_time\nindividual_consent: affirmative_individual\nconsent_covers_all_captured: true',
    description: 'Greets known visitors.',
  });
  const path = '.github/ai-use-cases/kiosk.yml';
  return sample({ head: state({ sha: HEAD, documents: { [path]: text } }), changes: [addedFile(path, text)] });
}

/** Every fact is stated; how the clause is to be read is open. */
function reading(): Sample {
  const text = declaration('visitors', {
    services: '[azure_openai]',
    facts:
      'operator: us_federal_law_enforcement\nbeneficiary: [us_federal_law_enforcement]\ndeployment_countries: [US]\ncapability: [face_identification]\nlatency: post_event\nsurveillance_pattern: one_shot\nattribute_inferred: []\npurpose: [access_control]',
    description: 'Looks up visitors of yesterday.',
  });
  const path = '.github/ai-use-cases/visitors.yml';
  return sample({ head: state({ sha: HEAD, documents: { [path]: text } }), changes: [addedFile(path, text)] });
}

function undeclared(): Sample {
  const calls = [4, 19, 33].map((line) =>
    integration('services/gate/match.ts', line, {
      evidence: `await rekognition.send(new SearchFacesByImageCommand(input${line}));`,
    }),
  );
  const vision = integration('services/alt-text.ts', 8, {
    provider: 'azure_openai',
    service: 'azure_openai',
    capability: 'image_understanding',
    evidence: "{ type: 'image_url', image_url: { url } }",
  });
  const change = {
    path: 'services/gate/match.ts',
    status: 'modified' as const,
    patch: '@@ -1,5 +1,6 @@\n a\n b\n c\n+await rekognition.send(new SearchFacesByImageCommand(input4));\n d\n e',
  };
  return sample({
    head: state({ sha: HEAD, integrations: [...calls, vision] }),
    changes: [change, changed('services/alt-text.ts')],
  });
}

function misspelt(): Sample {
  const path = '.github/ai-use-cases/badge.yml';
  const text = declaration('badge', {
    facts: 'operator: private_entty\ncapability: [ocr]',
    services: '[azure_openai]',
  });
  return sample({ head: state({ sha: HEAD, documents: { [path]: text } }), changes: [addedFile(path, text)] });
}

function contradiction(): Sample {
  const path = '.github/ai-use-cases/badge.yml';
  const text = declaration('badge', {
    facts: 'operator: private_entity\ncapability: [ocr]',
    services: '[aws_rekognition]',
    description: 'Reads badges.',
  });
  const call = integration('src/badge.py', 7, {
    evidence: 'client.search_faces_by_image(CollectionId="staff", Image=image)',
  });
  return sample({
    head: state({ sha: HEAD, documents: { [path]: text }, integrations: [call] }),
    changes: [changed('src/badge.py'), addedFile(path, text)],
  });
}

function nothing(): Sample {
  return sample({ head: state({ sha: HEAD, blobs: { 'README.md': 'x' } }), changes: [changed('README.md')] });
}

function incomplete(): Sample {
  return sample({
    head: state({
      sha: HEAD,
      scans: [{ path: 'dist/bundle.js', status: 'not_read', reason: 'too_large', integrations: [] }],
      notSeen: [{ what: 'file_list', reason: 'GitHub lists only 3,000 of the 3,001 changed files.' }],
    }),
    changes: [changed('dist/bundle.js', 'added')],
  });
}

function overridden(): Sample {
  const before = police().verdict.findings;
  const overrides = before
    .filter(({ level }) => level === 'block')
    .map(({ rule, fingerprint, factsDigest, policy }, index) => ({
      handle: `O${index + 1}`,
      ground: 'false-positive' as const,
      approvedBy: ['ada', 'grace'],
      until: '2024-08-31',
      requestedOn: '2024-06-15',
      rule,
      fingerprint,
      factsDigest,
      policyVersion: policy?.version ?? '',
    }));
  return sample({
    head: state({ sha: HEAD, documents: { [DECLARATION]: policeDeclaration }, integrations: [SEARCH] }),
    changes: [],
    overrides,
  });
}

function advised(): Sample {
  return sample({
    head: state({ sha: HEAD, documents: { [DECLARATION]: policeDeclaration }, integrations: [SEARCH] }),
    changes: [],
    basis: shipped({ mode: 'advise', enforceFrom: '2024-09-01' }),
  });
}

function loosened(): Sample {
  const call = integration('src/a.py', 3);
  return sample({
    base: state({ sha: 'c0ffee0000000000000000000000000000000000', integrations: [call] }),
    head: state({
      sha: HEAD,
      integrations: [call, integration('src/b.py', 5, { evidence: 'client.index_faces(CollectionId=gallery)' })],
    }),
    changes: [changed('src/b.py', 'added'), changed('.github/sightline.yml')],
    proposed: shipped({ ignore: ['src/**'] }),
  });
}

function uncovered(): Sample {
  const call = integration('src/door/open.py', 12);
  return sample({
    base: state({
      sha: 'c0ffee0000000000000000000000000000000000',
      documents: { '.github/ai-use-cases/door.yml': declaration('door', { services: '[aws_rekognition]' }) },
      integrations: [call],
    }),
    head: state({ sha: HEAD, integrations: [call] }),
    changes: [changed('.github/ai-use-cases/door.yml', 'removed')],
  });
}

/** Verdicts as they come, by name. */
export const SAMPLES: Readonly<Record<string, () => Sample>> = {
  police,
  missing,
  reading,
  undeclared,
  misspelt,
  contradiction,
  nothing,
  incomplete,
  overridden,
  advised,
  loosened,
  uncovered,
};
