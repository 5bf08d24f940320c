import { join } from 'node:path';

// As the build lays them out: this is a part of dist/apps/relay/main.js.

/** What the API is, as OpenAPI has it. */
export const API_DESCRIPTION = join(__dirname, 'openapi.json');

/** What the page about the API is made of. */
export const API_DOCS = join(__dirname, 'api-docs');

/** The dashboard's page, where it is built. */
export const DASHBOARD = join(__dirname, '../relay-dashboard');

/** The Segment Function, where it is bundled. */
export const SEGMENT_FUNCTION = join(__dirname, '../../segment-function');
