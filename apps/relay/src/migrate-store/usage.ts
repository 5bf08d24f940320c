/** What `--help` prints. */
export const USAGE = `Moves a relay's store from SQLite to PostgreSQL. Stop the relay first.

  npm run migrate-store -- --from sqlite:PATH --to postgres://USER@HOST:PORT/DATABASE

  --schema NAME   where the store is to be in the database; segment_userleap
  --help          prints this

  PGPASSWORD      the password, where the URL has none: a URL is shown to whoever lists processes

Run it again where it broke off: it goes on there. It counts both stores at the end. Exit code: 0 moved, 1 not, 2 wrong
arguments.`;
