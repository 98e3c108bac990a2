import type { Deliveries, Delivery } from '../deliveries.ts';
import { api } from '../render/common.ts';
import { notFound, ok } from '../reply.ts';
import { AS_APP, type Call, numberOf, type Route } from '../route.ts';
import type { App } from '../state.ts';

/** GitHub tells of deliveries of the last three days: https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
const REMEMBERED_MS = 3 * 24 * 3_600_000;

function appOf({ actor }: Call): App {
  if (actor.kind !== 'app') throw notFound();
  return actor.app;
}

function renderConfig({ hook }: App) {
  return { content_type: hook.contentType, insecure_ssl: hook.insecureSsl, secret: '********', url: hook.url };
}

function renderItem(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: new Date(delivery.deliveredAt).toISOString(),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function updateConfig(call: Call) {
  const app = appOf(call);
  const { url, secret, content_type, insecure_ssl } = call.body as Record<string, string | number | undefined>;
  if (url !== undefined) app.hook.url = String(url);
  if (secret !== undefined) app.hook.secret = String(secret);
  if (content_type !== undefined) app.hook.contentType = content_type === 'form' ? 'form' : 'json';
  if (insecure_ssl !== undefined) app.hook.insecureSsl = String(insecure_ssl) === '1' ? '1' : '0';
  return ok(renderConfig(app));
}

/** Newest first; `cursor` is the id of the last delivery of the page before. */
function listDeliveries(call: Call, deliveries: Deliveries) {
  const app = appOf(call);
  const perPage = Math.min(Number(call.query.per_page ?? 30), 100);
  const cursor =
    call.query.cursor === undefined ? Number.POSITIVE_INFINITY : Number(/\d+$/.exec(call.query.cursor)?.[0]);
  const found: Delivery[] = [];
  for (const delivery of remembered(call, deliveries, app)) {
    if (delivery.id < cursor && isWanted(delivery, call.query.status)) found.push(delivery);
    if (found.length > perPage) break;
  }
  const shown = found.slice(0, perPage);
  const query = new URLSearchParams({ ...call.query, cursor: `v1_${shown.at(-1)?.id}` });
  const link = `<${api(call.world, `/app/hook/deliveries?${query}`)}>; rel="next"`;
  return ok(shown.map(renderItem), found.length > shown.length ? { link } : {});
}

function isWanted({ status }: Delivery, wanted: string | undefined): boolean {
  return wanted === undefined || (wanted === 'success') === (status === 'OK');
}

/** Newest first, looked for one by one: the log is long, and few are asked for. */
function* remembered({ world }: Call, { log }: Deliveries, app: App): Generator<Delivery> {
  const since = world.clock() - REMEMBERED_MS;
  for (let index = log.length - 1; index >= 0; index -= 1) {
    const delivery = log[index];
    if (delivery?.appId !== app.id || delivery.deliveredAt < since || delivery.status === 'pending') continue;
    yield delivery;
  }
}

function findDelivery(call: Call, deliveries: Deliveries): Delivery {
  const id = numberOf(call, 'delivery_id');
  for (const delivery of remembered(call, deliveries, appOf(call))) if (delivery.id === id) return delivery;
  throw notFound();
}

function getDelivery(call: Call, deliveries: Deliveries) {
  const delivery = findDelivery(call, deliveries);
  return ok({
    ...renderItem(delivery),
    url: delivery.url,
    request: { headers: delivery.requestHeaders, payload: JSON.parse(delivery.body) },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  });
}

/** The app's webhook address and its log; needs the deliveries that the server makes. */
export function appHook(deliveries: Deliveries): readonly Route[] {
  return [
    { operation: 'apps/get-webhook-config-for-app', needs: AS_APP, handle: (call) => ok(renderConfig(appOf(call))) },
    { operation: 'apps/update-webhook-config-for-app', needs: AS_APP, handle: updateConfig },
    { operation: 'apps/list-webhook-deliveries', needs: AS_APP, handle: (call) => listDeliveries(call, deliveries) },
    { operation: 'apps/get-webhook-delivery', needs: AS_APP, handle: (call) => getDelivery(call, deliveries) },
    {
      operation: 'apps/redeliver-webhook-delivery',
      needs: AS_APP,
      handle: (call) => {
        deliveries.redeliver(appOf(call), findDelivery(call, deliveries));
        return { status: 202, body: {} };
      },
    },
  ];
}
