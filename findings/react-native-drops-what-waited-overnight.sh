#!/usr/bin/env bash
# @segment/analytics-react-native 2.24.1: events that waited for twelve hours are thrown away, though they were never sent.
#
# Events are kept on the phone until they are sent, and sent after 20 events or 30 seconds. So what is told shortly before an app is left
# is guessed to go out when it is opened again. It does, unless that is the next day: the default limit of twelve hours for tries that
# fail, `maxTotalBackoffDuration`, counts from the call, and what is older is dropped before the first try. No server has to be away for
# that. An Identify goes the same way. A longer `maxTotalBackoffDuration` keeps them.
# Its JavaScript is run on Node 20, what it asks the phone for (`react-native`, `react`) is stood in for; the second run of the app has a
# clock that is ahead.
# Seen: identify('ann') and track('Ordered'), the app is left after three seconds and opened again, track('Opened'):
#   opened after 11 hours: ["identify","Ordered","Opened"]
#   opened after 13 hours: ["Opened"]
#   opened after 13 hours, maxTotalBackoffDuration of a week: ["identify","Ordered","Opened"]
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps @segment/analytics-react-native@2.24.1 @segment/sovran-react-native@1.1.5 >/dev/null
mkdir -p node_modules/react node_modules/react-native
echo 'module.exports = { createContext: () => ({}), useContext: () => undefined };' >node_modules/react/index.js
cat >node_modules/react-native/index.js <<'JS'
const unheard = () => ({ remove: () => undefined });
module.exports = {
  AppState: { currentState: 'active', addEventListener: unheard },
  Linking: { getInitialURL: async () => null, addEventListener: unheard },
  NativeEventEmitter: class {
    addListener = unheard;
  },
  NativeModules: { AnalyticsReactNative: { getContextInfo: async () => ({ appName: 'Shop', appVersion: '1.2.3' }) }, Sovran: {} },
  Platform: { OS: 'ios', select: ({ ios }) => ios },
};
JS
cat >app.js <<'JS'
const { createServer } = require('http');
const { existsSync, readFileSync, writeFileSync } = require('fs');
const { setTimeout: pause } = require('timers/promises');
const [run, storage, hoursAhead, httpConfig] = process.argv.slice(2);
const now = Date.now;
Date.now = () => now() + Number(hoursAhead) * 3_600_000;

const kept = new Map(existsSync(storage) ? JSON.parse(readFileSync(storage, 'utf8')) : []);
const storePersistor = { get: async (key) => kept.get(key), set: async (key, value) => kept.set(key, structuredClone(value)) };
const sent = [];
const server = createServer((call, answer) => {
  let text = '';
  call.on('data', (chunk) => (text += chunk));
  call.on('end', () => {
    if (call.method === 'POST') sent.push(...JSON.parse(text).batch.map(({ type, event }) => event ?? type));
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"integrations":{"Segment.io":{"apiKey":"k"}}}');
  });
});
// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
server.listen(0, '127.0.0.1', async () => {
  const { createClient } = require('@segment/analytics-react-native');
  const proxy = `http://127.0.0.1:${server.address().port}/v1`;
  const options = { proxy, cdnProxy: proxy, useSegmentEndpoints: true, allowInsecureProxy: true };
  const analytics = createClient({ writeKey: 'k', storePersistor, ...options, ...(httpConfig && { httpConfig: JSON.parse(httpConfig) }) });
  // Until it has its settings.
  while (!analytics.isReady.value) await pause(50);
  if (run === 'first') {
    await analytics.identify('ann', { email: 'ann@example.com' });
    await analytics.track('Ordered');
  } else {
    await analytics.track('Opened');
    await pause(1_000);
    await analytics.flush();
  }
  await pause(2_000);
  writeFileSync(storage, JSON.stringify([...kept]));
  if (run === 'next') writeFileSync(`${storage}.sent`, JSON.stringify(sent));
  process.exit(0);
});
JS
node app.js first kept 0 >/dev/null 2>&1
sent_after() {
  cp kept "$1"
  node app.js next "$1" "$2" "${3:-}" >/dev/null 2>&1
  cat "$1.sent"
}
seen="opened after 11 hours: $(sent_after same-day 11)
opened after 13 hours: $(sent_after next-day 13)
opened after 13 hours, maxTotalBackoffDuration of a week: $(sent_after week 13 '{"backoffConfig":{"maxTotalBackoffDuration":604800}}')"
echo "$seen"
[ "$seen" = 'opened after 11 hours: ["identify","Ordered","Opened"]
opened after 13 hours: ["Opened"]
opened after 13 hours, maxTotalBackoffDuration of a week: ["identify","Ordered","Opened"]' ]
