#!/usr/bin/env bash
# @segment/analytics-node 3.1.0, @customerio/cdp-analytics-node 0.5.9, analytics-node 6.2.0: traits are those of the flush, not of the call.
#
# identify() and track() keep the object that they were given, and read it when the batch goes out, up to ten seconds later. So an app
# that goes on working with its user object sends what it became: of two Identify calls, the first has the second's values too.
# RudderStack's @rudderstack/rudder-sdk-node 3.0.13 beside them copies at the call.
# Seen on Node 20, identify with plan "free" and, in the same turn, plan = "paid" and another identify:
#   @segment/analytics-node: ["paid","paid"]
#   @customerio/cdp-analytics-node: ["paid","paid"]
#   analytics-node: ["paid","paid"]
#   @rudderstack/rudder-sdk-node: ["free","paid"]
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

async function plansOf(name, make) {
  const sent = [];
  let sentAll;
  const all = new Promise((resolve) => (sentAll = resolve));
  const server = createServer((call, answer) => {
    let text = '';
    call.on('data', (chunk) => (text += chunk));
    call.on('end', () => {
      sent.push(...JSON.parse(text).batch.filter(({ type }) => type === 'identify'));
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
      if (sent.length === 2) sentAll();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const analytics = make(require(name), `http://127.0.0.1:${server.address().port}`);
  // The older ones send their very first event at once.
  analytics.track({ userId: 'ann', event: 'Started' });
  const user = { plan: 'free' };
  analytics.identify({ userId: 'ann', traits: user });
  user.plan = 'paid';
  analytics.identify({ userId: 'ann', traits: user });
  await (analytics.closeAndFlush?.() ?? analytics.flush());
  await all;
  return JSON.stringify(sent.map(({ traits }) => traits.plan));
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
    console.log(`${name}: ${await plansOf(name, make)}`);
  }
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = '@segment/analytics-node: ["paid","paid"]
@customerio/cdp-analytics-node: ["paid","paid"]
analytics-node: ["paid","paid"]
@rudderstack/rudder-sdk-node: ["free","paid"]' ]
