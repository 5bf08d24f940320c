#!/usr/bin/env bash
# SQLite: INSERT … RETURNING into a table with some indexes writes tens of KB to a temporary file for each row; INSERT writes nothing.
#
# RETURNING is guessed to cost no more than handing a value back. But with it SQLite takes the statement for one that may have to be undone
# alone, and first copies each page that the row touches: the table's, and those of each index. What is more than 64 KB of that goes to a
# temporary file, written and thrown away for each row, inside a transaction, too, and with WAL. A queue whose table has an index for each
# way to look at it pays twice the processor time of the insert. INSERT OR FAIL … RETURNING copies nothing, as nothing is undone alone then;
# nor does the insert without RETURNING, whose id is lastInsertRowid.
# Seen with better-sqlite3 12.11.1 (SQLite 3.53.2) on Node 20: 5,000 rows of 1 KB, a hundred in a transaction, six indexes beside the two
# of the table itself; what was written before the commits:
#   INSERT: nothing; 9 µs of processor time a row
#   INSERT … RETURNING: 19 KB a row; 21 µs
#   INSERT OR FAIL … RETURNING: nothing; 8 µs
# Fails where that is not so any more. For Linux, whose /proc says what a process has written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund better-sqlite3@12.11.1 >/dev/null
cat >run.js <<'JS'
const Database = require('better-sqlite3');
const { readFileSync } = require('fs');

const ROWS = 5_000;
const ROWS_OF_TRANSACTION = 100;
const INDEXES = [['a', 'b'], ['b', 'c'], ['c', 'a'], ['a'], ['b'], ['c']];
const BODY = 'x'.repeat(1_000);

const written = () => Number(/wchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))[1]);
const scattered = (n) => ((n * 2654435761) % 4294967296).toString(36);

function play(place, insert) {
  const db = new Database(`${place}.db`);
  db.pragma('journal_mode = WAL');
  db.pragma('cache_size = -65536');
  db.exec('CREATE TABLE events (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, a TEXT, b TEXT, c TEXT, body TEXT)');
  for (const [at, columns] of INDEXES.entries()) db.exec(`CREATE INDEX index_${at} ON events (${columns.join()}, id, name)`);
  const statement = db.prepare(insert);
  let bytes = 0;
  let cpu = 0;
  for (let row = 0; row < ROWS; ) {
    db.exec('BEGIN IMMEDIATE');
    const before = written();
    const start = process.cpuUsage();
    for (let left = ROWS_OF_TRANSACTION; left > 0; left -= 1, row += 1) {
      const values = [`${scattered(row)} ${row}`, scattered(row * 3), scattered(row * 5), scattered(row * 7), BODY];
      if (statement.reader) statement.get(values);
      else statement.run(values);
    }
    const { user, system } = process.cpuUsage(start);
    cpu += user + system;
    bytes += written() - before;
    db.exec('COMMIT');
  }
  const version = db.prepare('SELECT sqlite_version() AS version').get().version;
  db.close();
  return { version, kilobytes: bytes / ROWS / 1_000, cpu: cpu / ROWS };
}

const VALUES = 'INTO events (name, a, b, c, body) VALUES (?, ?, ?, ?, ?)';
const plain = play('plain', `INSERT ${VALUES}`);
const returning = play('returning', `INSERT ${VALUES} RETURNING id`);
const failing = play('failing', `INSERT OR FAIL ${VALUES} RETURNING id`);
console.log(`SQLite ${plain.version}`);
for (const [name, { kilobytes, cpu }] of Object.entries({ INSERT: plain, 'INSERT … RETURNING': returning, 'INSERT OR FAIL … RETURNING': failing })) {
  console.log(`${name}: ${kilobytes.toFixed(1)} KB written before the commit, and ${cpu.toFixed(1)} µs of processor time a row`);
}
if (plain.kilobytes > 1 || failing.kilobytes > 1 || returning.kilobytes < 10) process.exit(1);
JS
node run.js
