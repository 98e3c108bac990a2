import type { Configuration } from '../../src/configuration/configuration.ts';
import type { Facts } from '../../src/facts/fact.ts';
import type { FileScan, Integration } from '../../src/integration/integration.ts';
import type { Proof, RuleResult } from '../../src/policy/policy.ts';
import type { Evaluate } from '../../src/review/judge-use-case.ts';
import type { FileChange, RepositoryState } from '../../src/review/repository-state.ts';
import type { ReviewBasis } from '../../src/review/review-basis.ts';
import { type ReviewInput, reviewChange } from '../../src/review/review-change.ts';
import type { NotSeen, Verdict } from '../../src/review/verdict.ts';

export const CONFIGURATION: Configuration = {
  policies: [],
  declarations: ['.github/ai-use-cases/**'],
  packs: [],
  ignore: ['vendor/**'],
  severity: new Map(),
  mode: 'enforce',
  interpretations: new Map(),
  approvers: [],
  comments: { review: true, suggestions: true, expiryIssue: false },
};

/** A call that identifies faces by Rekognition, unless told otherwise. */
export function integration(path: string, line: number, more: Partial<Integration> = {}): Integration {
  const evidence = more.evidence ?? 'client.search_faces_by_image(CollectionId=gallery, Image=frame)';
  return {
    path,
    provider: 'aws_rekognition',
    service: 'aws_rekognition',
    capability: 'face_identification',
    certainty: 'seen',
    facts: {},
    range: { startLine: line, startColumn: 1, endLine: line, endColumn: evidence.length + 1 },
    evidence,
    entry: 'aws_rekognition/SearchFacesByImage',
    ...more,
  };
}

export interface StateParts {
  readonly sha?: string;
  readonly documents?: Readonly<Record<string, string>>;
  readonly integrations?: readonly Integration[];
  readonly scans?: readonly FileScan[];
  readonly notSeen?: readonly NotSeen[];
  /** Blob ids by path, where they matter. */
  readonly blobs?: Readonly<Record<string, string>>;
}

export function state(parts: StateParts): RepositoryState {
  const { sha = 'head', documents = {}, integrations = [], scans = [], notSeen = [], blobs = {} } = parts;
  const byPath = new Map<string, FileScan>();
  for (const one of integrations) {
    const before = byPath.get(one.path)?.integrations ?? [];
    byPath.set(one.path, { path: one.path, status: 'scanned', integrations: [...before, one] });
  }
  for (const scan of scans) byPath.set(scan.path, scan);
  const paths = [...Object.keys(documents), ...byPath.keys(), ...Object.keys(blobs)];
  return {
    sha,
    paths: new Map(paths.map((path) => [path, blobs[path] ?? `blob of ${path}`])),
    documents: new Map(Object.entries(documents)),
    scans: byPath,
    notSeen,
  };
}

/** A use case's declaration; `facts` as YAML lines. */
export function declaration(
  id: string,
  more: { covers?: string; services?: string; facts?: string; description?: string } = {},
): string {
  const {
    covers = '[src/**]',
    services = '[aws_rekognition]',
    facts = 'capability: [face_identification]',
    description = 'Opens the door.',
  } = more;
  return `id: ${id}\ntitle: ${id} title\nservices: ${services}\ncovers: ${covers}\nfacts:\n${facts
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\ndescription: ${description}\n`;
}

const PROOF: Proof = { condition: 'always', op: 'all', truth: 'true', children: [] };

/** A rule's result as a pack would give it. */
export function result(more: Partial<RuleResult> = {}): RuleResult {
  return {
    policy: 'code',
    version: '1',
    digest: 'digest-of-code',
    rule: 'USPD',
    title: 'No facial recognition for US police',
    clause: 'facial recognition for US police',
    outcome: 'prohibited',
    kind: 'prohibition',
    severity: 'block',
    grade: 'P',
    message: 'The publisher bars it.',
    remedy: 'Take it out.',
    missingFacts: [],
    proof: PROOF,
    override: { grounds: ['false-positive'], approvals: 2, maxDays: 90 },
    source: { publisher: 'Publisher', document: 'Code', version: '1', url: 'https://example.com/code' },
    status: 'in_force',
    ...more,
  };
}

/** A leaf of a proof over a fact as it stands in `facts`. */
export function leaf(facts: Facts, name: string, values: readonly string[]): Proof {
  const fact = facts.get(name);
  const { state: known } = fact ?? {};
  const has =
    known?.kind === 'many'
      ? known.includes
      : known?.kind === 'one' && known.possible.length === 1
        ? known.possible
        : [];
  const truth = has.some((value) => values.includes(value)) ? 'true' : fact === undefined ? 'unknown' : 'false';
  return {
    condition: `${name} is one of ${values.join(', ')}`,
    op: 'fact',
    truth,
    children: [],
    factName: name,
    values,
    ...(fact && { fact }),
  };
}

/** One rule: the facts named all have one of their values. */
export function ruleOf(
  conditions: Readonly<Record<string, readonly string[]>>,
  more: Partial<RuleResult> = {},
): Evaluate {
  return ({ facts }) => {
    const children = Object.entries(conditions).map(([name, values]) => leaf(facts, name, values));
    const truths = children.map(({ truth }) => truth);
    const truth = truths.includes('false') ? 'false' : truths.includes('unknown') ? 'unknown' : 'true';
    const outcome = truth === 'true' ? 'prohibited' : truth === 'unknown' ? 'undetermined' : 'not_covered';
    const missingFacts = children.filter((child) => child.truth === 'unknown').map(({ factName }) => String(factName));
    return [
      result({
        outcome,
        missingFacts: outcome === 'undetermined' ? missingFacts : [],
        proof: { condition: 'all', op: 'all', truth, children },
        ...more,
      }),
    ];
  };
}

export function basis(more: Partial<ReviewBasis> & { readonly change?: Partial<Configuration> } = {}): ReviewBasis {
  const { change = {}, ...rest } = more;
  return {
    configuration: { ...CONFIGURATION, ...change },
    configurationDigest: 'digest-of-configuration',
    policies: [{ id: 'code', version: '1', digest: 'digest-of-code' }],
    evaluate: () => [],
    ...rest,
  };
}

/** A file that the change adds or rewrites wholly. */
export function changed(path: string, status: FileChange['status'] = 'modified', previousPath?: string): FileChange {
  return { path, status, ...(previousPath !== undefined && { previousPath }) };
}

/** A change that adds some lines of a file. */
export function addedLines(path: string, start: number, count: number): FileChange {
  const lines = Array.from({ length: count }, (_, index) => `+line ${start + index}`);
  return { path, status: 'modified', patch: `@@ -${start},0 +${start},${count} @@\n${lines.join('\n')}` };
}

/** Where the use case `door` is declared. */
export const DOOR = '.github/ai-use-cases/door.yml';
/** The day on which changes are reviewed. */
export const ON = '2026-03-01';

export function review(more: Partial<ReviewInput> & Pick<ReviewInput, 'head'>): Verdict {
  return reviewChange({ base: state({ sha: 'base' }), changes: [], basis: basis(), on: ON, ...more });
}

/** Findings in a line each: age, level, kind, place. */
export function summary(verdict: Verdict): readonly string[] {
  return verdict.findings.map(
    ({ kind, level, age, place }) => `${age} ${level} ${kind} ${place?.path}:${place?.range.startLine}`,
  );
}

/** The text of a pack with one rule, which whoever has the capability breaks. */
export function pack(
  id: string,
  more: Readonly<Record<string, unknown>> = {},
  capability = 'face_identification',
): string {
  return JSON.stringify({
    id,
    series: id,
    publisher: 'Acme',
    document: 'Rules for the use of AI',
    version: '1',
    url: 'https://intranet.acme.example/rules',
    nature: 'organisation',
    summary: 'What we ask of ourselves.',
    applies_to: { services: 'any' },
    rules: [
      {
        id: 'FACES',
        clause: '1',
        title: 'No faces',
        kind: 'prohibition',
        grade: 'P',
        seen: 'Written by us.',
        message: 'We recognise no faces.',
        remedy: 'Use badges.',
        when: { capability },
      },
    ],
    ...more,
  });
}
