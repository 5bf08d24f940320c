export const USAGE = `Hands a history of events over to a running relay, or tells what it would come to.

  npm run backfill -- --from FILE… --to URL --write-key KEY
  npm run backfill -- --from FILE… --dry-run

  --from FILE…        files and folders of .gz, .jsonl, .json and .csv, read in order of their names
  --to URL            the relay, such as https://relay.example.com
  --write-key KEY     a write key of the relay; or in the variable RELAY_WRITE_KEY
  --dry-run           tells what would become of it; no relay is needed
  --since TIME        events of this time and later, such as 2026-01-01
  --until TIME        events before this time
  --types TYPES       only these, such as identify,track
  --mapping FILE      which column is what, as JSON: {"uid": "userId", "plan": "traits.plan"}
  --state FILE        how far it is: run the same command again, and it goes on; backfill-state.jsonl
  --report FILE       names every line that is no event, or will be refused; backfill-report.jsonl
  --settings FILE     the settings of the destination as JSON, where they are not the defaults
  --rate-limit LIMIT  of UserLeap: 1000/300s
  --deletes FILE      with --dry-run: writes a Delete for each user, which undoes it all

Exit code 0: all is handed over; 1: not all; 2: an argument cannot be used.`;
