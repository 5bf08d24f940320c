// Preloaded into the relay's process (node --require): the thread that has its store ends by itself at the first event.
const { isMainThread, parentPort } = require('node:worker_threads');

if (!isMainThread) {
  parentPort.on('message', ({ method }) => {
    if (method === 'accept') throw new Error('of a test');
  });
}
