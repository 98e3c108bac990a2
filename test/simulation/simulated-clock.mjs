// Loaded before the app's process (`node --import`): its time stands still until the simulation lets it go on. `Date` and timers
// are simulated. What the machine itself takes (computing, requests, the scanner's threads) is work under way: time goes on beside
// it, but never further than `ALLOWANCE_MS` past its beginning, so that nothing seems to take longer than that.
// Messages in: { to }, answered by { now, busy, heap, rss, cpu } when the time is `to`; { known }, the answer to { time }.
import { subscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import workers, { isMainThread } from 'node:worker_threads';

/** A request takes that long, as with GitHub. */
const REQUEST_MS = 100;

/** How far time may go on past the beginning of work under way; what happens within it is worked on side by side. */
const ALLOWANCE_MS = 250;

/** Shorter waits are none. */
const AT_ONCE_MS = 2;

/** What follows on an end (reading a body, unpacking, signing) begins within this time of the machine. */
const SETTLE_MS = 1;

/** No work takes longer than this time of the machine. */
const PATIENCE_MS = 60_000;

/** Memory is looked at so often: looking costs more than the rest of a report. */
const LOOK_MS = 60_000;

const RealDate = Date;
const pause = setImmediate;
const realTimeout = setTimeout;
const realStop = clearTimeout;
let now = Number(process.env.SIMULATED_NOW ?? 0);

/** Work under way: what it is and when it began, the oldest first. */
const work = new Map();
let lastWork = 0;
let wake = () => undefined;

function began(what) {
  lastWork += 1;
  work.set(lastWork, { what, at: now });
  return lastWork;
}

function ended(id) {
  realTimeout(() => {
    work.delete(id);
    wake();
  }, SETTLE_MS);
}

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

/** Until when time may go on: work under way holds it back. */
function limit(to) {
  const [oldest] = work.values();
  return oldest === undefined ? to : Math.min(to, Math.max(now, oldest.at + ALLOWANCE_MS));
}

/** Lets every timer ring that is due by `to`, in order, each at its own time. */
async function advance(to) {
  for (;;) {
    const timer = next(limit(to));
    now = Math.max(now, timer?.due ?? limit(to));
    if (timer !== undefined) {
      timer.fire();
      await new Promise((resolve) => pause(resolve));
    } else if (now >= to) {
      return report();
    } else {
      await workEnds();
    }
  }
}

/** Ends the process where nothing ends: time would stand still for ever. */
async function workEnds() {
  const patience = realTimeout(() => {
    console.error('Work under way does not end, so that time stands still:', [...work.values()]);
    process.exit(1);
  }, PATIENCE_MS);
  await new Promise((resolve) => {
    wake = resolve;
  });
  realStop(patience);
}

let lookedAt = 0;
let usage = {};

function report() {
  if (now - lookedAt >= LOOK_MS) {
    lookedAt = now;
    const { heapUsed: heap, rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    usage = { heap, rss, cpu: (user + system) / 1e6 };
  }
  process.send({ now, busy: work.size > 0, ...usage });
}

/** GitHub sees the same time: it is told before it is asked. */
let told = now;
let knows = Promise.resolve();
let known = () => undefined;

function tell() {
  if (told === now) return knows;
  told = now;
  knows = knows.then(
    () =>
      new Promise((resolve) => {
        known = resolve;
        process.send({ time: told });
      }),
  );
  return knows;
}

function simulateTimers() {
  const atOnce = new WeakMap();
  const stop = (timer) => {
    if (timer instanceof SimulatedTimer) timers.delete(timer.id);
    else if (typeof timer === 'number') timers.delete(timer);
    else if (atOnce.has(timer)) {
      ended(atOnce.get(timer));
      realStop(timer);
    }
  };
  globalThis.setTimeout = (callback, ms, ...values) => {
    if (ms > AT_ONCE_MS) return new SimulatedTimer(callback, ms, values, false);
    // Not a wait but a way to say "after this": libraries do it all the time.
    const id = began('what follows at once');
    const timer = realTimeout(() => {
      ended(id);
      callback(...values);
    }, 0);
    atOnce.set(timer, id);
    return timer;
  };
  globalThis.setInterval = (callback, ms, ...values) => new SimulatedTimer(callback, ms, values, true);
  globalThis.clearTimeout = stop;
  globalThis.clearInterval = stop;
}

function simulateRequests() {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (...values) => {
    const end = now + REQUEST_MS;
    const id = began(`a request to ${values[0]}`);
    try {
      await tell();
      return await realFetch(...values);
    } finally {
      ended(id);
      await new Promise((resolve) => new SimulatedTimer(resolve, end - now, [], false));
      ended(began('the use of an answer'));
    }
  };
  subscribe('http.server.request.start', ({ response }) => {
    const id = began('a request from outside');
    response.once('close', () => ended(id));
  });
}

function watchThreads() {
  const RealWorker = workers.Worker;
  workers.Worker = class extends RealWorker {
    #asked = [];
    constructor(...values) {
      super(...values);
      // Words are news on the way; an answer is none.
      this.on('message', (told) => {
        if (typeof told !== 'string') ended(this.#asked.shift());
      });
      this.on('exit', () => this.#asked.splice(0).forEach(ended));
    }
    postMessage(...values) {
      this.#asked.push(began('a job of a thread'));
      super.postMessage(...values);
    }
  };
  syncBuiltinESMExports();
}

function install() {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values) => (values.length === 0 ? new target(now) : new target(...values)),
    apply: () => new RealDate(now).toString(),
    get: (target, key) => (key === 'now' ? () => now : Reflect.get(target, key)),
  });
  simulateTimers();
  simulateRequests();
  watchThreads();
  process.on('message', (message) => ('to' in message ? void advance(message.to) : known()));
}

if (isMainThread) install();
