#!/usr/bin/env bash
# @segment/analytics-next 1.84.3: while somebody is identified, alias loses the new id.
#
# The documented call alias('new', 'old') names both ids. Once identify('ann') was called, its request has "ann" as userId in the
# place of "new": it merges "old" into whoever is signed in. Nothing warns. Without an identify the same call sends what it was given.
# Seen on Node 20 in jsdom 24.1.3:
#   identified: {"userId":"ann","previousId":"old"}
#   not identified: {"userId":"new","previousId":"old"}
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @segment/analytics-next@1.84.3 jsdom@24.1.3 esbuild@0.28.2 >/dev/null
cat >sdk.js <<'JS'
import { AnalyticsBrowser } from '@segment/analytics-next';
const cdnSettings = { integrations: { 'Segment.io': { apiKey: 'k' } }, metrics: { sampleRate: 0 } };
globalThis.load = (apiHost) =>
  AnalyticsBrowser.load({ writeKey: 'k', cdnSettings }, { integrations: { 'Segment.io': { apiHost, protocol: 'http' } } });
JS
npx esbuild sdk.js --bundle --format=iife --outfile=bundle.js --log-level=error --define:global=globalThis
cat >run.js <<'JS'
const { JSDOM } = require('jsdom');
const { createServer } = require('http');
const { readFileSync } = require('fs');

async function aliasOf(isIdentified) {
  const bodies = [];
  const server = createServer((call, answer) => {
    let text = '';
    call.on('data', (chunk) => (text += chunk));
    call.on('end', () => {
      if (text) bodies.push(JSON.parse(text));
      answer.writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end('{}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { window } = new JSDOM('<p>', { url: 'http://shop.example/', runScripts: 'outside-only', pretendToBeVisual: true });
  window.fetch = fetch;
  window.eval(readFileSync('bundle.js', 'utf8'));
  const analytics = window.load(`127.0.0.1:${server.address().port}`);
  await analytics.ready();
  if (isIdentified) await analytics.identify('ann');
  await analytics.alias('new', 'old');
  for (let left = 100; left > 0 && !bodies.some(({ type }) => type === 'alias'); left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { userId, previousId } = bodies.find(({ type }) => type === 'alias');
  return JSON.stringify({ userId, previousId });
}

(async () => {
  console.log(`identified: ${await aliasOf(true)}`);
  console.log(`not identified: ${await aliasOf(false)}`);
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = 'identified: {"userId":"ann","previousId":"old"}
not identified: {"userId":"new","previousId":"old"}' ]
