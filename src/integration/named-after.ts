import { normalise } from './chain.ts';
import type { NamedEntry } from './compiled-catalog.ts';
import { argumentSpans, type DataFlow } from './data-flow.ts';
import type { Call, SourceView } from './source-view.ts';
import { within } from './span.ts';

/** What is called so stands between a service and the rest of a program: its methods are the program's own, whatever they are named. */
const WRAPPER =
  /(?:service|helper|manager|wrapper|utils?|controller|repository|repo|handler|facade|adapter|gateway|provider|processor|analy[sz]er|detector|actions?|functions?|lib|module|impl|crud|tools?|hook|store|slice|router?)$/;

/** A method of an SDK that speaks JSON over one address takes a request, and perhaps a callback. */
const MAX_ARGUMENTS = 2;

/**
 * An operation of an AWS service on a receiver that is called after the service, as `settings.aws_rekognition_client`, handed in from elsewhere.
 * Parameters as the service names them (`CollectionId`) settle it; else the receiver must be no wrapper by its name, its type or the place that
 * it is imported from.
 */
export function isNamedAfter(view: SourceView, flow: DataFlow, call: Call, item: NamedEntry): boolean {
  const service = 'provider' in item.owner ? item.owner.provider.aws?.cli : undefined;
  if (!item.method || service === undefined) return false;
  const holders = call.segments.slice(0, -1).map(normalise);
  if (!holders.some((segment) => segment.includes(normalise(service)))) return false;
  return hasServiceParameters(view, flow, call) || !isWrapper(view, flow, call);
}

function hasServiceParameters(view: SourceView, flow: DataFlow, call: Call): boolean {
  const bound = argumentSpans(view, call).flatMap(({ start, end }) => {
    const name = view.code.slice(start, Math.min(end, start + 100)).replace(/^(?:\*\*|\.\.\.|&|\$)/, '');
    return /^\w+$/.test(name) ? (flow.binding(name, call.start)?.value ?? []) : [];
  });
  return [call.args, ...bound].some((region) =>
    within(view.pairs, region).some((pair) => /^[A-Z][a-z]/.test(pair.key)),
  );
}

function isWrapper(view: SourceView, flow: DataFlow, call: Call): boolean {
  const receiver = call.segments.at(-2) ?? '';
  if (WRAPPER.test(normalise(receiver)) || argumentSpans(view, call).length > MAX_ARGUMENTS) return true;
  // `X.new` is X.
  const made = flow
    .origins(receiver, call.start)
    .map((chain) => normalise(chain.at(chain.at(-1) === 'new' ? -2 : -1) ?? ''));
  if (made.some((name) => WRAPPER.test(name))) return true;
  return view.imports.some((item) => item.local === receiver && /^\.{1,2}(?:\/|$|\w)/.test(item.module));
}
