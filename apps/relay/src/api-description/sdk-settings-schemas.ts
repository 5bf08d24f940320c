import { FLAG, listOf, named, NUMBER, object, TEXT } from './schema';
import type { Schema } from './schema';

type NoFields = Readonly<Record<string, never>>;

const NO_FIELDS: Schema<NoFields> = { type: 'object' };
const NONE: Schema<readonly never[]> = listOf({});
const SWITCH = object({ enabled: FLAG });

export const PROJECT_SETTINGS = named(
  'ProjectSettings',
  object({
    integrations: object({ 'Segment.io': object({ apiKey: TEXT }, { apiHost: TEXT }) }),
    plan: object({ track: object({ __default: object({ enabled: FLAG, integrations: NO_FIELDS }) }) }),
    edgeFunction: NO_FIELDS,
    enabledMiddleware: NO_FIELDS,
    middlewareSettings: NO_FIELDS,
    metrics: object({ sampleRate: NUMBER }),
    legacyVideoPluginsEnabled: FLAG,
    remotePlugins: NONE,
  }),
);

export const INTEGRATIONS = listOf(
  named(
    'ProjectIntegration',
    object({ name: TEXT, creationName: TEXT, description: TEXT, website: TEXT, category: TEXT }),
  ),
);

export const SOURCE_CONFIG = named(
  'SourceConfig',
  object({
    source: object({
      id: TEXT,
      name: TEXT,
      writeKey: TEXT,
      workspaceId: TEXT,
      enabled: FLAG,
      updatedAt: TEXT,
      config: object({ statsCollection: object({ errors: SWITCH, metrics: SWITCH }) }),
      destinations: NONE,
    }),
  }),
);
