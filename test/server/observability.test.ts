import { INVALID_SPAN_CONTEXT, type Span, type SpanOptions, type TracerProvider, trace } from '@opentelemetry/api';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createIssueComment } from '../github/actions/comments.ts';
import { openChange } from '../github/scene.ts';
import { sqlite } from '../store/engines.ts';
import { eventually } from './fakes.ts';
import { type ServedApp, startServedApp } from './served-app.ts';

/** What whoever is on call at night has to go by: metrics, log lines and spans of the real server. */

interface SeenSpan {
  readonly name: string;
  readonly attributes: SpanOptions['attributes'];
}

/** Stands where an OpenTelemetry SDK would. */
function watchSpans(): readonly SeenSpan[] {
  const seen: SeenSpan[] = [];
  const provider = {
    getTracer: () => ({
      startSpan: () => trace.wrapSpanContext(INVALID_SPAN_CONTEXT),
      startActiveSpan: (name: string, options: SpanOptions, work: (span: Span) => unknown) => {
        seen.push({ name, attributes: options.attributes });
        return work(trace.wrapSpanContext(INVALID_SPAN_CONTEXT));
      },
    }),
  };
  trace.setGlobalTracerProvider(provider as unknown as TracerProvider);
  onTestFinished(() => trace.disable());
  return seen;
}

/** A pull request with a finding, delivered twice, and somebody who asks for an override. */
async function live({ scene, metrics }: ServedApp): Promise<void> {
  const { github, repository, developer } = scene;
  github.deliveries.copies = 2;
  const pull = openChange(scene, { 'search.py': 'FACE:search\n' });
  github.deliveries.copies = 1;
  const runs = () => [...repository.checkRuns.values()];
  await eventually(() => runs().some(({ status }) => status === 'completed'), 15_000);
  const author = { accountId: developer.id };
  const body = '/sightline override F1 for 14d because accepted-risk: a pilot with our own staff';
  createIssueComment(github.world, repository, pull, author, body);
  await eventually(async () => (await metrics()).includes('override.requested'), 15_000);
}

it('tells on call what happens, in metrics, log lines and spans', async () => {
  const spans = watchSpans();
  const app = await startServedApp(sqlite);
  await live(app);
  const { installation, repository } = app.scene;
  const text = await app.metrics();
  for (const line of [
    /^sightline_deliveries_total\{outcome="accepted",event="pull_request"\} [1-9]/m,
    /^sightline_deliveries_total\{outcome="duplicate",event="pull_request"\} 1/m,
    /^sightline_deliveries_total\{outcome="unknown_event",event="check_suite"\} [1-9]/m,
    /^sightline_queue_jobs\{state="due"\} \d+/m,
    /^sightline_queue_jobs\{state="dead"\} 0/m,
    /^sightline_queue_oldest_age_seconds \d/m,
    /^sightline_evaluation_seconds_count\{outcome="finished"\} [1-9]/m,
    new RegExp(`^sightline_api_requests_total\\{installation="${installation.id}",status="201"\\} [1-9]`, 'm'),
    new RegExp(`^sightline_api_remaining\\{installation="${installation.id}",resource="core"\\} \\d+`, 'm'),
    new RegExp(`^sightline_api_remaining\\{installation="${installation.id}",resource="graphql"\\} \\d+`, 'm'),
    /^sightline_findings_total\{rule="undeclared_integration",level="block"\} 1/m,
    /^sightline_override_decisions_total\{decision="override.requested"\} 1/m,
    /^sightline_sweeps_total\{sweep="failed_deliveries",outcome="done"\} 1/m,
    /^sightline_store_up 1/m,
  ]) {
    expect(text).toMatch(line);
  }
  const ids = { installation: installation.id, repository: repository.id, pullRequest: 1 };
  const ended = app.lines().find(({ msg, pullRequest }) => msg === 'job ended' && pullRequest === 1);
  expect(ended).toMatchObject({ ...ids, outcome: 'finished', deliveries: [expect.any(String)] });
  const [guid] = z.array(z.string()).parse(ended?.deliveries);
  const accepted = app.lines().find(({ msg, delivery }) => msg === 'delivery accepted' && delivery === guid);
  expect(accepted).toMatchObject({ event: 'pull_request', action: 'opened', ...ids });
  expect(spans).toContainEqual({
    name: 'accept',
    attributes: { 'sightline.event': 'pull_request', 'sightline.delivery': guid },
  });
  expect(
    spans.find(({ name, attributes }) => name === 'evaluate' && attributes?.pullRequest === 1)?.attributes,
  ).toEqual({
    'sightline.job': `pull_request/${repository.id}/1`,
    'sightline.attempt': 1,
    deliveries: [guid],
    ...ids,
  });
  expect(spans.map(({ name }) => name)).toContain('sweep');
});

it('keeps every secret to itself when a write seems to have failed, and does not try it twice', async () => {
  const app = await startServedApp(sqlite);
  const [secret = '', key = ''] = app.secrets;
  const token = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';
  const quote = { message: `Bad ${secret} for ${token}`, documentation_url: key };
  app.scene.github.faults.add({
    match: ({ operation }) => operation === 'checks/create',
    fault: { kind: 'answer', status: 500, body: quote, when: 'after' },
  });
  openChange(app.scene, { 'search.py': 'FACE:search\n' });
  await eventually(() => app.lines().some(({ msg }) => msg === 'evaluation failed'), 15_000);
  const said = JSON.stringify(app.lines()) + (await app.metrics());
  expect(said).toContain('[redacted]');
  for (const each of [secret, token, key.slice(40, 80)]) expect(said).not.toContain(each);
  // Only the answer was lost: who tried again at once would have made a second run.
  const creations = app.scene.github.requests.filter(({ operation }) => operation === 'checks/create');
  expect(creations).toHaveLength(1);
});
