#!/usr/bin/env bash
# analytics-node 6.2.0 and @rudderstack/rudder-sdk-node 3.0.13: one batch that is refused ends the app that sends it.
#
# track() gives nothing back to wait for, and its callback is told of the error. But the SDK's own flush, which nobody waits for, rejects
# as well: without the option errorHandler, Node takes that for an error that nobody handles, and the process ends with exit code 1. So a
# wrong write key, or a server that is away longer than the SDK tries, stops a web server that only wanted to count something.
# @segment/analytics-node 3.1.0 and @expo/rudder-sdk-node 1.1.1 beside them, for comparison.
# Seen on Node 20, one track at a server that answers 401 always:
#   analytics-node: the app ended with 1
#   analytics-node with errorHandler: the app goes on
#   @rudderstack/rudder-sdk-node: the app ended with 1
#   @rudderstack/rudder-sdk-node with errorHandler: the app goes on
#   @segment/analytics-node: the app goes on
#   @expo/rudder-sdk-node: the app goes on
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund analytics-node@6.2.0 @rudderstack/rudder-sdk-node@3.0.13 @segment/analytics-node@3.1.0 \
  @expo/rudder-sdk-node@1.1.1 >/dev/null
cat >app.js <<'JS'
const { createServer } = require('http');
const [name, isHandled] = process.argv.slice(2);
const sdk = require(name);
const options = isHandled ? { errorHandler: () => undefined } : {};
const senders = {
  'analytics-node': (host) => new sdk('k', { host, ...options }),
  '@rudderstack/rudder-sdk-node': (host) => new sdk('k', { dataPlaneUrl: host, ...options }),
  '@segment/analytics-node': (host) => new sdk.Analytics({ writeKey: 'k', host, flushAt: 1 }),
  '@expo/rudder-sdk-node': (host) => new sdk.default('k', `${host}/v1/batch`),
};
// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(3), 30_000);
const server = createServer((call, answer) => {
  call.resume();
  answer.writeHead(401).end();
});
server.listen(0, '127.0.0.1', () => {
  const analytics = senders[name](`http://127.0.0.1:${server.address().port}`);
  // The rejection, if there is one, is in the same turn as the callback.
  analytics.track({ userId: 'ann', event: 'Clicked' }, () => setTimeout(() => process.exit(0), 500));
});
JS
say() {
  local code=0
  node app.js "$@" >/dev/null 2>&1 || code=$?
  echo "$1${2:+ with errorHandler}: the app $([ "$code" = 0 ] && echo 'goes on' || echo "ended with $code")"
}
seen=$(
  for name in analytics-node @rudderstack/rudder-sdk-node; do
    say "$name"
    say "$name" handled
  done
  say @segment/analytics-node
  say @expo/rudder-sdk-node
)
echo "$seen"
[ "$seen" = 'analytics-node: the app ended with 1
analytics-node with errorHandler: the app goes on
@rudderstack/rudder-sdk-node: the app ended with 1
@rudderstack/rudder-sdk-node with errorHandler: the app goes on
@segment/analytics-node: the app goes on
@expo/rudder-sdk-node: the app goes on' ]
