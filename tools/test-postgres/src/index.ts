export { startTestPostgres } from './start-test-postgres';
export type { TestPostgres } from './start-test-postgres';
export { startPooler } from './start-pooler';
export type { Pooler, PoolMode } from './start-pooler';
