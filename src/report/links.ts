import type { Place } from '../document/place.ts';
import type { Finding } from '../review/verdict.ts';
import { code, link, type Markdown } from './markdown.ts';
import { clauseOf } from './phrases.ts';
import type { ReportContext } from './report.ts';

/** A place as `path:line`, linked where there is an address. */
export function placeLink({ path, range }: Place, { fileUrl }: ReportContext): Markdown {
  const label = code(`${path}:${range.startLine}`);
  return fileUrl === undefined ? label : link(label, fileUrl(path, range.startLine));
}

/** A clause with its publisher, document and version, linked. */
export function clauseLink(finding: Pick<Finding, 'policy'>): Markdown {
  return link(clauseOf(finding) ?? '', finding.policy?.source.url ?? '');
}
