#!/usr/bin/env bash
# @customerio/cdp-analytics-browser 0.5.11 and @june-so/analytics-next 2.0.0: a 503 or a 429 counts as delivered.
#
# Both have a queue that tries again, and both are forks of Segment's SDK, which tries again after a 503 and a 429. The forks do so
# only where the connection breaks: any answer, 503 with Retry-After too, ends the event as delivered, and it is gone.
# Segment's @segment/analytics-next 1.84.3 beside them, for comparison.
# Seen on Node 20 in jsdom 24.1.3, ten seconds after one track, at a server that answers 503 always:
#   @customerio/cdp-analytics-browser: 1 call
#   @june-so/analytics-next: 1 call
#   @segment/analytics-next: several calls
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @customerio/cdp-analytics-browser@0.5.11 @june-so/analytics-next@2.0.0 \
  @segment/analytics-next@1.84.3 jsdom@24.1.3 esbuild@0.28.2 >/dev/null
for package in @customerio/cdp-analytics-browser @june-so/analytics-next @segment/analytics-next; do
  echo "import { AnalyticsBrowser } from '$package'; globalThis.AnalyticsBrowser = AnalyticsBrowser;" >sdk.js
  npx esbuild sdk.js --bundle --format=iife --outfile="$(basename "$(dirname "$package")").js" --log-level=error --define:global=globalThis
done
cat >run.js <<'JS'
const { JSDOM } = require('jsdom');
const { createServer } = require('http');
const { readFileSync } = require('fs');

async function callsOf(bundle, integration) {
  let calls = 0;
  const server = createServer((call, answer) => {
    if (call.method === 'POST') calls += 1;
    call.resume();
    answer.writeHead(503, { 'retry-after': '1', 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end('{}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { window } = new JSDOM('<p>', { url: 'http://shop.example/', runScripts: 'outside-only', pretendToBeVisual: true });
  window.fetch = fetch;
  window.eval(readFileSync(`${bundle}.js`, 'utf8'));
  const settings = { apiKey: 'k', apiHost: `127.0.0.1:${server.address().port}`, protocol: 'http' };
  const cdnSettings = { integrations: { [integration]: settings }, metrics: { sampleRate: 0 } };
  const analytics = window.AnalyticsBrowser.load({ writeKey: 'k', cdnSettings });
  analytics.track('Clicked').catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  return calls;
}

(async () => {
  const [cio, june, segment] = await Promise.all([
    callsOf('@customerio', 'Customer.io Data Pipelines'),
    callsOf('@june-so', 'june.so'),
    callsOf('@segment', 'Segment.io'),
  ]);
  const say = (calls) => (calls > 1 ? 'several calls' : `${calls} call`);
  console.log(`@customerio/cdp-analytics-browser: ${say(cio)}`);
  console.log(`@june-so/analytics-next: ${say(june)}`);
  console.log(`@segment/analytics-next: ${say(segment)}`);
  process.exit(0);
})();
JS
seen=$(node run.js)
echo "$seen"
[ "$seen" = '@customerio/cdp-analytics-browser: 1 call
@june-so/analytics-next: 1 call
@segment/analytics-next: several calls' ]
