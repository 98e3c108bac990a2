// Loaded before the app's process (`node --import`): its time stands still until the simulation moves it. `Date` and timers are
// simulated; what the machine itself takes (requests, the scanner's threads) is counted, so that time is never moved past work
// that is under way. Messages in: { to, leap }; out: { now, busy, heap, rss, cpu }.
import { syncBuiltinESMExports } from 'node:module';
import workers, { isMainThread } from 'node:worker_threads';

const RealDate = Date;
const pause = setImmediate;
let now = Number(process.env.SIMULATED_NOW ?? 0);

/** Activities under way, and how many ever began or ended. */
let underWay = 0;
let changes = 0;
let reported = 0;

function began() {
  underWay += 1;
  changes += 1;
}

function ended() {
  underWay -= 1;
  changes += 1;
}

/** What ended since the last report has left its caller something to do. */
function isBusy() {
  return underWay > 0 || changes !== reported;
}

/** Shorter waits are none. */
const AT_ONCE_MS = 2;

/** Timers that are due at the same moment run in the order in which they were set. */
const timers = new Map();
let lastTimer = 0;

class SimulatedTimer {
  constructor(callback, ms, values, repeats) {
    lastTimer += 1;
    this.id = lastTimer;
    this.callback = callback;
    this.values = values;
    this.ms = Math.max(1, Number(ms) || 1);
    this.repeats = repeats;
    this.due = now + this.ms;
    timers.set(this.id, this);
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return false;
  }
  refresh() {
    this.due = now + this.ms;
    timers.set(this.id, this);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
  [Symbol.dispose]() {
    timers.delete(this.id);
  }
  fire() {
    if (this.repeats) this.due += this.ms;
    else timers.delete(this.id);
    this.callback(...this.values);
  }
}

function next(to) {
  let first;
  for (const timer of timers.values()) {
    if (timer.due <= to && (first === undefined || timer.due < first.due)) first = timer;
  }
  return first;
}

/** Lets every timer ring that is due by `to`, in order, each at its own time. A leap ends where work begins. */
async function advance({ to, leap }) {
  if (leap && isBusy()) return report();
  for (let timer = next(to); timer !== undefined; timer = next(to)) {
    now = Math.max(now, timer.due);
    timer.fire();
    await new Promise((resolve) => pause(resolve));
    if (leap && isBusy()) return report();
  }
  now = Math.max(now, to);
  report();
}

function report() {
  const { heapUsed: heap, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({ now, busy: isBusy(), heap, rss, cpu: (user + system) / 1e6 });
  reported = changes;
}

function install() {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values) => (values.length === 0 ? new target(now) : new target(...values)),
    apply: () => new RealDate(now).toString(),
    get: (target, key) => (key === 'now' ? () => now : Reflect.get(target, key)),
  });
  const realStop = globalThis.clearTimeout;
  const stop = (timer) => {
    if (timer instanceof SimulatedTimer) timers.delete(timer.id);
    else if (typeof timer === 'number') timers.delete(timer);
    else if (timer?._destroyed === false) {
      ended();
      realStop(timer);
    }
  };
  const realTimeout = globalThis.setTimeout;
  globalThis.setTimeout = (callback, ms, ...values) => {
    if (ms > AT_ONCE_MS) return new SimulatedTimer(callback, ms, values, false);
    // Not a wait but a way to say "after this": libraries do it all the time.
    began();
    return realTimeout(() => {
      ended();
      callback(...values);
    }, 0);
  };
  globalThis.setInterval = (callback, ms, ...values) => new SimulatedTimer(callback, ms, values, true);
  globalThis.clearTimeout = stop;
  globalThis.clearInterval = stop;
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (...values) => {
    began();
    try {
      return await realFetch(...values);
    } finally {
      ended();
    }
  };
  const RealWorker = workers.Worker;
  workers.Worker = class extends RealWorker {
    constructor(...values) {
      super(...values);
      this.on('message', ended);
    }
    postMessage(...values) {
      began();
      super.postMessage(...values);
    }
  };
  syncBuiltinESMExports();
  process.on('message', (message) => void advance(message));
}

if (isMainThread) install();
