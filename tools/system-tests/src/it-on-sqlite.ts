import { STORE } from '@segment-userleap/relay-driver';

/** For what is about the file that SQLite keeps. */
export const itOnSqlite = STORE === 'sqlite' ? it : it.skip;
