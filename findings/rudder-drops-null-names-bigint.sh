#!/usr/bin/env bash
# @rudderstack/analytics-js 3.34.1: null never leaves the page, and a BigInt leaves it as the text "[BigInt]".
#
# A trait that is set to null, which is how a trait is unset elsewhere, is as if it had not been named: the receiver keeps the old value.
# Null stays only inside lists. A BigInt raises no error, as JSON would, and is not the text of its digits: every order has the number
# "[BigInt]". Segment's @segment/analytics-next 1.84.3 beside it sends null as null.
# Needs a Chromium: CHROMIUM names it (/usr/bin/chromium by itself). Exits with 77 where there is none.
# Seen on Node 20 with Chromium 156, identify with { plan: null, seats: 3, address: { street: null }, tags: [null], order: 5n }, for
# Segment's without `order`:
#   @rudderstack/analytics-js: {"seats":3,"address":{},"tags":[null],"order":"[BigInt]"}
#   @segment/analytics-next: {"plan":null,"seats":3,"address":{"street":null},"tags":[null]}
# Fails where that is not so any more.
set -euo pipefail
export CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
if [ ! -x "$CHROMIUM" ]; then
  echo "There is no Chromium at $CHROMIUM: set CHROMIUM to one." >&2
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @rudderstack/analytics-js@3.34.1 @segment/analytics-next@1.84.3 playwright-core@1.65.1 \
  esbuild@0.28.2 >/dev/null
cat >rudder.js <<'JS'
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';
globalThis.load = (host) => {
  const analytics = new RudderAnalytics();
  const source = { id: 'source', enabled: true, destinations: [], config: {} };
  analytics.load('k', `http://${host}`, { getSourceConfig: () => ({ source }) });
  return analytics;
};
JS
cat >segment.js <<'JS'
import { AnalyticsBrowser } from '@segment/analytics-next';
globalThis.load = (apiHost) => {
  const cdnSettings = { integrations: { 'Segment.io': { apiKey: 'k', apiHost, protocol: 'http' } }, metrics: { sampleRate: 0 } };
  return AnalyticsBrowser.load({ writeKey: 'k', cdnSettings });
};
JS
npx esbuild rudder.js segment.js --bundle --format=iife --outdir=bundles --log-level=error
cat >run.js <<'JS'
const { chromium } = require('playwright-core');
const { createServer } = require('http');
const { readFileSync } = require('fs');

let arrived;
const server = createServer((call, answer) => {
  let text = '';
  call.on('data', (chunk) => (text += chunk));
  call.on('end', () => {
    if (call.method === 'POST') arrived(JSON.parse(text));
    answer.writeHead(200, { 'content-type': call.url === '/' ? 'text/html' : 'application/json' }).end(call.url === '/' ? '<p>' : '{}');
  });
});

async function sentTraits(browser, bundle, traits) {
  const page = await browser.newPage();
  const host = `127.0.0.1:${server.address().port}`;
  await page.goto(`http://${host}/`);
  await page.addScriptTag({ content: readFileSync(`bundles/${bundle}.js`, 'utf8') });
  const event = new Promise((resolve) => (arrived = resolve));
  await page.evaluate(`void load('${host}').identify('ann', ${traits})`);
  const { traits: own, context } = await event;
  return JSON.stringify(own ?? context.traits);
}

// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
server.listen(0, '127.0.0.1', async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  const traits = 'plan: null, seats: 3, address: { street: null }, tags: [null]';
  console.log(`@rudderstack/analytics-js: ${await sentTraits(browser, 'rudder', `{ ${traits}, order: 5n }`)}`);
  console.log(`@segment/analytics-next: ${await sentTraits(browser, 'segment', `{ ${traits} }`)}`);
  await browser.close();
  process.exit(0);
});
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = '@rudderstack/analytics-js: {"seats":3,"address":{},"tags":[null],"order":"[BigInt]"}
@segment/analytics-next: {"plan":null,"seats":3,"address":{"street":null},"tags":[null]}' ]
