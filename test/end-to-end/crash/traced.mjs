// Loaded before the app (`node --import`), in the place where an operator would load a tracing SDK: every request that the app sends
// within an evaluation says which run of which job in which process it belongs to, in the headers of
// https://www.w3.org/TR/trace-context/ and https://www.w3.org/TR/baggage/.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';

const JOB = createContextKey('job');
const storage = new AsyncLocalStorage();

context.setGlobalContextManager({
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, work, self, ...values) => storage.run(active, () => work.call(self, ...values)),
  bind: (_, target) => target,
  enable() {
    return this;
  },
  disable() {
    return this;
  },
});

trace.setGlobalTracerProvider({
  getTracer: () => ({
    startActiveSpan(_name, { attributes }, work) {
      const ids = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), traceFlags: 1 };
      const span = trace.wrapSpanContext(ids);
      const job = attributes['sightline.job'];
      const active = trace.setSpan(context.active(), span);
      return context.with(job === undefined ? active : active.setValue(JOB, job), work, undefined, span);
    },
  }),
});

const send = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const active = context.active();
  const job = active.getValue(JOB);
  if (job === undefined) return send(input, init);
  const { traceId, spanId } = trace.getSpanContext(active);
  const headers = new Headers(init?.headers);
  headers.set('traceparent', `00-${traceId}-${spanId}-01`);
  headers.set('baggage', `job=${encodeURIComponent(String(job))},process=${process.pid}`);
  return send(input, { ...init, headers });
};
