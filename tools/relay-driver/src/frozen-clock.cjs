// Preloaded into the relay's process (node --require): its clocks stand still and are set from outside, so that the
// service under test runs exactly as it is shipped, and still at the time that a vector names.
const { performance } = require('node:perf_hooks');
const { Worker } = require('node:worker_threads');

let now = Date.now();

globalThis.Date = new Proxy(Date, {
  construct: (RealDate, args) => (args.length === 0 ? new RealDate(now) : new RealDate(...args)),
  get: (RealDate, key) => (key === 'now' ? () => now : RealDate[key]),
});
performance.now = () => now - performance.timeOrigin;

// Who waits for a time finds it as far away as before: such a timer is set again and again, and each time the store is asked.
const SHORTEST_MS = 5_000;
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (callback, delayMs, ...args) => setTimeout(callback, Math.max(SHORTEST_MS, delayMs ?? 0), ...args),
  setTimeout,
);

// The database's clock, which the relay asks its store for.
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (message, ...rest) {
  if (message?.method !== 'readClock') return postMessage.call(this, message, ...rest);
  process.nextTick(() => this.emit('message', { id: message.id, value: now }));
};

process.on('message', (message) => {
  now = message.now;
  process.send(message);
});
// A relay that cannot start ends by itself. The thread that has its store has no channel.
process.channel?.unref();
