#!/usr/bin/env bash
# analytics-node 6.2.0, @rudderstack/rudder-sdk-node 3.0.13, @expo/rudder-sdk-node 1.1.1: sentAt is the first try's, in all later tries.
#
# sentAt is there so that the receiver can tell how wrong the sender's clock is, by the time at which the call arrives. These three write
# it once and repeat it: after a minute of tries a right clock looks as if it were a minute slow, and a receiver that corrects it moves
# the times of all events in the batch. @segment/analytics-node 3.1.0 beside them writes a new one for each try.
# Seen on Node 20, at a server that answers the first call with 503:
#   analytics-node: the same sentAt
#   @rudderstack/rudder-sdk-node: the same sentAt
#   @expo/rudder-sdk-node: the same sentAt
#   @segment/analytics-node: a new sentAt
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund analytics-node@6.2.0 @rudderstack/rudder-sdk-node@3.0.13 @expo/rudder-sdk-node@1.1.1 \
  @segment/analytics-node@3.1.0 >/dev/null
cat >run.js <<'JS'
const { createServer } = require('http');

async function sentAtOf(name, make) {
  const tries = [];
  let seenTwo;
  const two = new Promise((resolve) => (seenTwo = resolve));
  const server = createServer((call, answer) => {
    let text = '';
    call.on('data', (chunk) => (text += chunk));
    call.on('end', () => {
      tries.push(JSON.parse(text).sentAt);
      answer.writeHead(tries.length === 1 ? 503 : 200, { 'content-type': 'application/json' }).end('{"success":true}');
      if (tries.length === 2) seenTwo();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  make(require(name), `http://127.0.0.1:${server.address().port}`).track({ userId: 'ann', event: 'Clicked' });
  await two;
  return tries[0] === tries[1] ? 'the same sentAt' : 'a new sentAt';
}

// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
(async () => {
  for (const [name, make] of [
    ['analytics-node', (Analytics, host) => new Analytics('k', { host })],
    ['@rudderstack/rudder-sdk-node', (Analytics, dataPlaneUrl) => new Analytics('k', { dataPlaneUrl, gzip: false, logLevel: 'none' })],
    ['@expo/rudder-sdk-node', ({ default: Analytics }, host) => new Analytics('k', `${host}/v1/batch`)],
    ['@segment/analytics-node', ({ Analytics }, host) => new Analytics({ writeKey: 'k', host, flushAt: 1 })],
  ]) {
    console.log(`${name}: ${await sentAtOf(name, make)}`);
  }
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = 'analytics-node: the same sentAt
@rudderstack/rudder-sdk-node: the same sentAt
@expo/rudder-sdk-node: the same sentAt
@segment/analytics-node: a new sentAt' ]
