/** A schema of PostgreSQL that needs no quotes. */
export const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;
export const SCHEMA_NAME_FORM = 'a name of small letters, digits and _, at most 63';
export const DEFAULT_SCHEMA = 'segment_userleap';
