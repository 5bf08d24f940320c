// The relay's calls and records, as it describes them: `npx nx describe-api relay` writes the file.
export type * from '../../../../dist/apps/relay/admin-api';
