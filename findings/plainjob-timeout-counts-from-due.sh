#!/usr/bin/env bash
# plainjob 0.0.14: a job that waited longer than `timeout` is given to a second worker at once, while the first works at it.
#
# `timeout` (30 minutes by itself) is said to give a job back to the queue when its worker died. It counts from when the job was due, not
# from when a worker took it. So after a pause, or with a backlog that is older, the next maintenance hands out again each job that is
# being done, and it is done twice. The lease of a durable outbox is guessed to begin when it is taken.
# Seen on Node 20 with better-sqlite3 12.11.1, timeout 1,000 ms, the maintenance called by hand:
#   taken when fresh: the second worker gets nothing
#   taken after 1,200 ms in the queue: the second worker gets the same job
# Fails where that is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund plainjob@0.0.14 better-sqlite3@12.11.1 >/dev/null
cat >run.mjs <<'JS'
import Database from 'better-sqlite3';
import { better, defineQueue } from 'plainjob';

const TIMEOUT = 1000;

async function secondWorkerAfter(wait) {
  const queue = defineQueue({ connection: better(new Database(':memory:')), timeout: TIMEOUT, logger: { ...console, debug: () => undefined } });
  queue.add('send', {});
  await new Promise((resolve) => setTimeout(resolve, wait));
  const first = queue.getAndMarkJobAsProcessing('send');
  queue.requeueTimedOutJobs(TIMEOUT);
  const second = queue.getAndMarkJobAsProcessing('send');
  queue.close();
  if (second === undefined) return 'nothing';
  return second.id === first.id ? 'the same job' : 'another job';
}

console.log(`taken when fresh: the second worker gets ${await secondWorkerAfter(0)}`);
console.log(`taken after 1,200 ms in the queue: the second worker gets ${await secondWorkerAfter(1200)}`);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'taken when fresh: the second worker gets nothing
taken after 1,200 ms in the queue: the second worker gets the same job' ]
