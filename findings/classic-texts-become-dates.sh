#!/usr/bin/env bash
# @segment/analytics.js-core 4.1.11: a text that begins like a date is sent as another text.
#
# A trait or property of the form dddd-dd-dd leaves the page as an ISO time, inside objects and lists too. It need not be a date: the
# order number "1234-56-78" is carried over into months and days until it is one. Nothing warns. "2020-1234" and the same traits in
# Segment's @segment/analytics-next 1.84.3 stay as they were given.
# Seen on Node 20 in jsdom 24.1.3:
#   analytics.js-core: {"birthday":"1990-05-06T00:00:00.000Z","order":"1238-10-17T00:00:00.000Z","part":"2020-1234"}
#   analytics-next: {"birthday":"1990-05-06","order":"1234-56-78","part":"2020-1234"}
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @segment/analytics.js-core@4.1.11 @segment/analytics.js-integration-segmentio@4.4.7 \
  @segment/analytics-next@1.84.3 jsdom@24.1.3 esbuild@0.28.2 >/dev/null
cat >classic.js <<'JS'
import analytics from '@segment/analytics.js-core';
import Segment from '@segment/analytics.js-integration-segmentio';
analytics.use(Segment);
globalThis.load = (apiHost) => {
  analytics.initialize({ 'Segment.io': { apiKey: 'k', apiHost } });
  return analytics;
};
JS
cat >next.js <<'JS'
import { AnalyticsBrowser } from '@segment/analytics-next';
globalThis.load = (apiHost) =>
  AnalyticsBrowser.load({ writeKey: 'k', cdnSettings: { integrations: { 'Segment.io': { apiKey: 'k', apiHost } }, metrics: { sampleRate: 0 } } });
JS
npx esbuild classic.js next.js --bundle --format=iife --outdir=bundles --log-level=error --define:global=globalThis
cat >run.js <<'JS'
const { JSDOM } = require('jsdom');
const { readFileSync } = require('fs');

// Both know how to send to HTTPS: what they hand to the browser is read in the place of a server.
function sentTraits(bundle) {
  return new Promise((resolve) => {
    const { window } = new JSDOM('<p>', { url: 'http://shop.example/', runScripts: 'outside-only', pretendToBeVisual: true });
    const read = (body) => {
      const { type, traits } = typeof body === 'string' ? JSON.parse(body) : {};
      if (type === 'identify') resolve(JSON.stringify(traits));
    };
    window.XMLHttpRequest.prototype.send = read;
    window.fetch = async (_address, { body }) => {
      read(body);
      return new Response('{}');
    };
    window.eval(readFileSync(`bundles/${bundle}.js`, 'utf8'));
    window.load('shop.example').identify('ann', window.eval('({ birthday: "1990-05-06", order: "1234-56-78", part: "2020-1234" })'));
  });
}

// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
(async () => {
  console.log(`analytics.js-core: ${await sentTraits('classic')}`);
  console.log(`analytics-next: ${await sentTraits('next')}`);
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = 'analytics.js-core: {"birthday":"1990-05-06T00:00:00.000Z","order":"1238-10-17T00:00:00.000Z","part":"2020-1234"}
analytics-next: {"birthday":"1990-05-06","order":"1234-56-78","part":"2020-1234"}' ]
