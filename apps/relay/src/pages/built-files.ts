import { join } from 'node:path';

// As the build lays them out: this file is in dist/apps/relay/pages.
const DIST = join(__dirname, '../../..');

/** What the API is, as OpenAPI has it: the build writes it. */
export const API_DESCRIPTION = join(DIST, 'apps/relay/openapi.json');

/** The dashboard's page, where it is built. */
export const DASHBOARD = join(DIST, 'apps/relay-dashboard');

/** The Segment Function, where it is bundled. */
export const SEGMENT_FUNCTION = join(DIST, 'segment-function');
