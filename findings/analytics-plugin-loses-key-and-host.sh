#!/usr/bin/env bash
# @analytics/segment 2.1.0: on a server its write key and its host never reach Segment's client.
#
# segmentPlugin({ writeKey, host }) is the documented set-up of the plugin that brings the package `analytics` to Segment. On a server it
# hands all of it to analytics-node 6.2.0 as that one's first argument, which is the write key, and no options. So every call goes to
# api.segment.io with the key "[object Object]", which is nobody's, whatever was set. The set-up itself warns of nothing.
# Seen on Node 20, with analytics 0.8.19 beside analytics-node 6.2.0 itself, writeKey "k" and host "https://events.shop.example":
#   @analytics/segment: api.segment.io, key "[object Object]", flushAt 20
#   analytics-node: events.shop.example, key "k", flushAt 5
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund analytics@0.8.19 @analytics/segment@2.1.0 analytics-node@6.2.0 >/dev/null
cat >run.js <<'JS'
const http = require('http');
const https = require('https');

// What they would hand to the network comes to a server here instead.
let toldOf;
const server = http.createServer((call, answer) => {
  toldOf({ host: call.headers.host, key: Buffer.from(call.headers.authorization.split(' ')[1], 'base64').toString().slice(0, -1) });
  call.resume();
  answer.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
});
https.request = ({ method, path, headers, auth, hostname }, onAnswer) =>
  http.request({ method, path, auth, headers: { ...headers, host: hostname }, host: '127.0.0.1', port: server.address().port }, onAnswer);

const settings = { writeKey: 'k', host: 'https://events.shop.example', flushAt: 5 };
async function callOf(track) {
  const call = new Promise((resolve) => (toldOf = resolve));
  const client = track();
  const { host, key } = await call;
  return `${host}, key ${JSON.stringify(key)}, flushAt ${client.flushAt}`;
}

// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
server.listen(0, '127.0.0.1', async () => {
  const wrapped = await callOf(() => {
    const { Analytics } = require('analytics');
    const analytics = Analytics({ app: 'shop', plugins: [require('@analytics/segment')(settings)] });
    void analytics.track('Ordered', { price: 3 });
    return analytics.plugins.segment.getClient();
  });
  console.log(`@analytics/segment: ${wrapped}`);
  const itself = await callOf(() => {
    const Client = require('analytics-node');
    const client = new Client(settings.writeKey, settings);
    client.track({ userId: 'ann', event: 'Ordered' });
    return client;
  });
  console.log(`analytics-node: ${itself}`);
  process.exit(0);
});
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = '@analytics/segment: api.segment.io, key "[object Object]", flushAt 20
analytics-node: events.shop.example, key "k", flushAt 5' ]
