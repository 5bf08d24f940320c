import { join } from 'node:path';

// As the build lays them out: this file is in dist/apps/relay/pages.
const DIST = join(__dirname, '../../..');

/** The dashboard's page, where it is built. */
export const DASHBOARD = join(DIST, 'apps/relay-dashboard');

/** The Segment Function, where it is bundled. */
export const SEGMENT_FUNCTION = join(DIST, 'segment-function');
