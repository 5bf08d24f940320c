// Preloaded into the relay's process (node --require): its clock stands still and is set from outside, so that the
// service under test runs exactly as it is shipped, and still at the time that a vector names.
let now = Date.now();

globalThis.Date = new Proxy(Date, {
  construct: (RealDate, args) => (args.length === 0 ? new RealDate(now) : new RealDate(...args)),
  get: (RealDate, key) => (key === 'now' ? () => now : RealDate[key]),
});

process.on('message', (message) => {
  now = message.now;
  process.send(message);
});
