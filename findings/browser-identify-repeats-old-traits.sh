#!/usr/bin/env bash
# Browser SDKs: an Identify says again what earlier page loads said, as of now.
#
# identify('ann', { seats: 3 }) is guessed to send seats. It sends every trait that this browser was ever given for ann, under the time of
# this call: they lie in its localStorage. So what a server has set since, a plan that was paid for, is set back by the next Identify of
# an open browser, and no receiver can tell by the time that it is old. The same in @segment/analytics-next 1.84.3, in
# @segment/analytics.js-core 4.1.11, and in the forks of Customer.io and June.
# Seen on Node 20 in jsdom 24.1.3, a page load with { plan: 'free' }, then another, with the localStorage of the first, with { seats: 3 }:
#   each of the four: {"plan":"free","seats":3}
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @segment/analytics.js-core@4.1.11 @segment/analytics.js-integration-segmentio@4.4.7 \
  @segment/analytics-next@1.84.3 @customerio/cdp-analytics-browser@0.5.11 @june-so/analytics-next@2.0.0 jsdom@24.1.3 esbuild@0.28.2 >/dev/null
cat >classic.js <<'JS'
import analytics from '@segment/analytics.js-core';
import Segment from '@segment/analytics.js-integration-segmentio';
analytics.use(Segment);
globalThis.load = (apiHost) => {
  analytics.initialize({ 'Segment.io': { apiKey: 'k', apiHost } });
  return analytics;
};
JS
write_loader() {
  cat >"$1.js" <<JS
import { AnalyticsBrowser } from '$2';
globalThis.load = (apiHost) =>
  AnalyticsBrowser.load({ writeKey: 'k', cdnSettings: { integrations: { '$3': { apiKey: 'k', apiHost } }, metrics: { sampleRate: 0 } } });
JS
}
write_loader next @segment/analytics-next Segment.io
write_loader customerio @customerio/cdp-analytics-browser 'Customer.io Data Pipelines'
write_loader june @june-so/analytics-next june.so
npx esbuild classic.js next.js customerio.js june.js --bundle --format=iife --outdir=bundles --log-level=error --define:global=globalThis
cat >run.js <<'JS'
const { JSDOM } = require('jsdom');
const { readFileSync } = require('fs');

// All know how to send to HTTPS: what they hand to the browser is read in the place of a server.
function load(bundle, kept, traits) {
  return new Promise((resolve) => {
    const { window } = new JSDOM('<p>', { url: 'http://shop.example/', runScripts: 'outside-only', pretendToBeVisual: true });
    for (const [name, value] of kept) window.localStorage.setItem(name, value);
    const read = (body) => {
      const event = typeof body === 'string' ? JSON.parse(body) : {};
      if (event.type === 'identify') resolve({ sent: event.traits, kept: Object.entries(window.localStorage) });
    };
    window.XMLHttpRequest.prototype.send = read;
    window.fetch = async (_address, init) => {
      read(init?.body);
      return new Response('{}');
    };
    window.eval(readFileSync(`bundles/${bundle}.js`, 'utf8'));
    window.load('shop.example').identify('ann', window.eval(`(${traits})`));
  });
}

// If nothing comes any more, this fails instead of waiting for ever.
setTimeout(() => process.exit(1), 60_000);
(async () => {
  for (const bundle of ['classic', 'next', 'customerio', 'june']) {
    const { kept } = await load(bundle, [], '{ plan: "free" }');
    const { sent } = await load(bundle, kept, '{ seats: 3 }');
    console.log(`${bundle}: ${JSON.stringify(sent)}`);
  }
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = 'classic: {"plan":"free","seats":3}
next: {"plan":"free","seats":3}
customerio: {"plan":"free","seats":3}
june: {"plan":"free","seats":3}' ]
