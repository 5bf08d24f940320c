#!/usr/bin/env bash
# @segment/analytics-node 3.1.0 and @customerio/cdp-analytics-node 0.5.9: an event with a BigInt is lost, and its callback tells of a success.
#
# JSON has no BigInt, so a TypeError at the call is guessed, which is what analytics-node 6.2.0 and RudderStack's
# @rudderstack/rudder-sdk-node 3.0.13 do. Segment's and Customer.io's take the call, send nothing, emit no error and call back without
# one. Database drivers hand out ids and counts as BigInt, so this is an ordinary property.
# Seen on Node 20, a track with { orderId: 5n } and one without:
#   @segment/analytics-node: took it, called back without an error, 0 error events, sent ["Without"]
#   @customerio/cdp-analytics-node: took it, called back without an error, 0 error events, sent ["Without"]
#   analytics-node: raised a TypeError
#   @rudderstack/rudder-sdk-node: raised a TypeError
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @segment/analytics-node@3.1.0 @customerio/cdp-analytics-node@0.5.9 analytics-node@6.2.0 \
  @rudderstack/rudder-sdk-node@3.0.13 >/dev/null
cat >run.js <<'JS'
const { createServer } = require('http');

async function fateIn(name, make) {
  const sent = [];
  const server = createServer((call, answer) => {
    let text = '';
    call.on('data', (chunk) => (text += chunk));
    call.on('end', () => {
      sent.push(...JSON.parse(text).batch.map(({ event }) => event));
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const analytics = make(require(name), `http://127.0.0.1:${server.address().port}`);
  let errors = 0;
  analytics.on?.('error', () => (errors += 1));
  try {
    const error = new Promise((resolve) => {
      analytics.track({ userId: 'ann', event: 'With', properties: { orderId: 5n } }, resolve);
    });
    analytics.track({ userId: 'ann', event: 'Without' });
    await analytics.closeAndFlush();
    const told = (await error) === undefined ? 'without an error' : 'with an error';
    return `took it, called back ${told}, ${errors} error events, sent ${JSON.stringify(sent)}`;
  } catch (error) {
    return `raised a ${error.name}`;
  }
}

// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
const young = ({ Analytics }, host) => new Analytics({ writeKey: 'k', host });
(async () => {
  for (const [name, make] of [
    ['@segment/analytics-node', young],
    ['@customerio/cdp-analytics-node', young],
    ['analytics-node', (Analytics, host) => new Analytics('k', { host })],
    ['@rudderstack/rudder-sdk-node', (Analytics, dataPlaneUrl) => new Analytics('k', { dataPlaneUrl, gzip: false })],
  ]) {
    console.log(`${name}: ${await fateIn(name, make)}`);
  }
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = '@segment/analytics-node: took it, called back without an error, 0 error events, sent ["Without"]
@customerio/cdp-analytics-node: took it, called back without an error, 0 error events, sent ["Without"]
analytics-node: raised a TypeError
@rudderstack/rudder-sdk-node: raised a TypeError' ]
