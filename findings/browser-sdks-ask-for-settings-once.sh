#!/usr/bin/env bash
# Browser SDKs: one call for their settings that fails costs everything that the page tells, for as long as it is open.
#
# These SDKs have queues, and try again what they could not send. So a server that is away for a moment as a page is loaded is guessed to
# delay what the page tells. But the settings are asked for once, and without them nothing is ever sent: not when the server is back, and
# not by the next page, as the queue is not kept before the settings are there. The same where the connection breaks and where 503 is
# answered, in @segment/analytics-next 1.84.3, in Customer.io's fork 0.5.11 and in rudder-sdk-js 2.52.21.
# Seen on Node 20 in jsdom 24.1.3: a track, the server is well again after two seconds, another track, ten seconds, the next page and its
# track:
#   each of the three: 1 call for settings; sent by the first page: nothing; by the next: its own track
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @segment/analytics-next@1.84.3 @customerio/cdp-analytics-browser@0.5.11 rudder-sdk-js@2.52.21 \
  jsdom@24.1.3 esbuild@0.28.2 >/dev/null
for sdk in segment:@segment/analytics-next customerio:@customerio/cdp-analytics-browser; do
  echo "import { AnalyticsBrowser } from '${sdk#*:}';
    globalThis.load = (url) => AnalyticsBrowser.load({ writeKey: 'k', cdnURL: url });" >"${sdk%%:*}.js"
done
echo "import * as analytics from 'rudder-sdk-js';
  globalThis.load = (url) => (analytics.load('123456789012345678901234567', url, { configUrl: url }), analytics);" >rudder.js
npx esbuild segment.js customerio.js rudder.js --bundle --format=iife --outdir=bundles --log-level=error --define:global=globalThis
cat >run.js <<'JS'
const { JSDOM, CookieJar } = require('jsdom');
const { createServer } = require('http');
const { readFileSync } = require('fs');
const { setTimeout: pause } = require('timers/promises');

const HEADERS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'content-type': 'application/json' };
const BACK_AFTER_MS = 2_000;
const PATIENCE_MS = 10_000;

async function play(bundle, fail) {
  let isBack = false;
  let asked = 0;
  let sent = [];
  const server = createServer(async (call, answer) => {
    let body = '';
    for await (const part of call) body += part;
    if (call.method === 'GET' && !isBack) {
      asked += 1;
      fail(answer);
    } else if (call.method === 'GET') {
      answer.writeHead(200, HEADERS).end(JSON.stringify(settingsOf(new URL(url).host)));
    } else {
      if (call.method === 'POST') sent.push(...(body.match(/(First|Second|Third)/g) ?? []));
      answer.writeHead(200, HEADERS).end('{"success":true}');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const cookieJar = new CookieJar();
  const open = (kept) => {
    const { window } = new JSDOM('<p>', { url: 'http://shop.example/', runScripts: 'outside-only', pretendToBeVisual: true, cookieJar });
    for (const [name, value] of kept) window.localStorage.setItem(name, value);
    window.fetch = fetch;
    window.eval(readFileSync(`bundles/${bundle}.js`, 'utf8'));
    return { window, analytics: window.load(url) };
  };
  const first = open([]);
  first.analytics.track('First');
  await pause(BACK_AFTER_MS);
  isBack = true;
  first.analytics.track('Second');
  await pause(PATIENCE_MS);
  const byFirst = [...new Set(sent)];
  sent = [];
  const next = open(Object.entries(first.window.localStorage));
  next.analytics.track('Third');
  await pause(PATIENCE_MS);
  return `${bundle}: ${asked} call, sent by the first page ${JSON.stringify(byFirst)}, by the next ${JSON.stringify([...new Set(sent)])}`;
}

function settingsOf(host) {
  const to = { apiKey: 'k', apiHost: `${host}/v1`, protocol: 'http' };
  const source = { id: 's', name: 's', writeKey: 'k', enabled: true, config: {}, destinations: [], workspaceId: 'w' };
  return { integrations: { 'Segment.io': to, 'Customer.io Data Pipelines': to }, metrics: { sampleRate: 0 }, source };
}

// What fails is what this is about.
process.on('unhandledRejection', () => undefined);
(async () => {
  const fails = [(answer) => answer.writeHead(503, HEADERS).end('{}'), (answer) => answer.destroy()];
  const plays = fails.flatMap((fail) => ['segment', 'customerio', 'rudder'].map((bundle) => play(bundle, fail)));
  console.log((await Promise.all(plays)).join('\n'));
  process.exit(0);
})();
JS
seen=$(node run.js 2>/dev/null)
echo "$seen"
of() { echo "$1: 1 call, sent by the first page [], by the next [\"Third\"]"; }
once=$(of segment; of customerio; of rudder)
[ "$seen" = "$once
$once" ]
