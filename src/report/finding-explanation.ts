import type { Origin } from '../facts/fact.ts';
import type { Proof } from '../policy/policy.ts';
import type { Finding } from '../review/verdict.ts';
import { clauseLink, placeLink } from './links.ts';
import { blocks, bullets, code, heading, inline, lines, type Markdown, md, prose, strong } from './markdown.ts';
import { headingOf } from './phrases.ts';
import type { ReportContext } from './report.ts';

/** Conditions that are shown of one proof, and how deep; no shipped rule comes near. */
const MAX_CONDITIONS = 100;
const MAX_DEPTH = 8;

/** How a finding was decided: each condition of the clause with its truth, each fact with where it was stated or seen. */
export function findingExplanation(finding: Finding, context: ReportContext): Markdown {
  const { handle, policy, decisiveFacts, place } = finding;
  const left = { conditions: MAX_CONDITIONS };
  return blocks(
    heading(4, md`${code(handle ?? 'F…')} ${headingOf(finding)}`),
    place && md`At ${placeLink(place, context)}.`,
    policy && md`Clause: ${clauseLink(finding)}.`,
    prose(finding.message),
    policy && blocks(md`The clause, condition by condition:`, bullets([proofItem(policy.proof, context, left, 0)])),
    decisiveFacts.length === 0
      ? undefined
      : blocks(
          md`What it rests on:`,
          bullets(
            decisiveFacts.map(
              ({ name, value, origins }) => md`${code(name)}: ${code(value)}${stated(origins, context)}`,
            ),
          ),
        ),
  );
}

function proofItem(proof: Proof, context: ReportContext, left: { conditions: number }, depth: number): Markdown {
  left.conditions -= 1;
  const said = md`${strong(proof.truth)}: ${prose(proof.condition)}${stated(proof.fact?.origins ?? [], context)}`;
  if (proof.children.length === 0) return said;
  if (depth >= MAX_DEPTH) return md`${said} (and more below)`;
  const children = proof.children.flatMap((child) =>
    left.conditions > 0 ? [proofItem(child, context, left, depth + 1)] : [],
  );
  return lines(said, bullets(children));
}

function stated(origins: readonly Origin[], context: ReportContext): Markdown {
  const places = origins.flatMap(({ place }) => (place === undefined ? [] : [placeLink(place, context)]));
  return places.length === 0 ? md`` : md` (${inline(places)})`;
}
