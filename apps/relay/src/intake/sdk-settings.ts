/** What Segment's SDKs for browsers and phones ask its CDN for before they send anything. */
export interface ProjectSettings {
  readonly integrations: { readonly 'Segment.io': SegmentIntegration };
  readonly plan: { readonly track: { readonly __default: PlanRule } };
  readonly edgeFunction: NoFields;
  readonly enabledMiddleware: NoFields;
  readonly middlewareSettings: NoFields;
  /** Without it `analytics-next` would send measurements of itself to Segment. */
  readonly metrics: { readonly sampleRate: number };
  readonly legacyVideoPluginsEnabled: boolean;
  readonly remotePlugins: readonly never[];
}

interface SegmentIntegration {
  /** The key that the SDK puts into its calls. */
  readonly apiKey: string;
  /** Host and path that it sends to. Missing, it is what the SDK was told itself. */
  readonly apiHost?: string;
}

interface PlanRule {
  readonly enabled: boolean;
  readonly integrations: NoFields;
}

type NoFields = Readonly<Record<string, never>>;

/** What Segment's consent manager asks its CDN for, one for each destination that a visitor may agree to. */
export interface ProjectIntegration {
  readonly name: string;
  /** What it writes into `integrations` of every event, true or false. */
  readonly creationName: string;
  readonly description: string;
  readonly website: string;
  readonly category: string;
}

/** What RudderStack's SDKs ask its control plane for. */
export interface SourceConfig {
  readonly source: {
    readonly id: string;
    readonly name: string;
    readonly writeKey: string;
    readonly workspaceId: string;
    readonly enabled: boolean;
    readonly updatedAt: string;
    readonly config: { readonly statsCollection: { readonly errors: Switch; readonly metrics: Switch } };
    readonly destinations: readonly never[];
  };
}

interface Switch {
  readonly enabled: boolean;
}

const OFF: Switch = { enabled: false };

/** Nothing beside the relay gets the events: no further destination, no measurements. `host`: the relay's, as its callers know it. */
export function projectSettings(writeKey: string, host: string | undefined): ProjectSettings {
  return {
    integrations: { 'Segment.io': { apiKey: writeKey, ...(host === undefined ? {} : { apiHost: `${host}/v1` }) } },
    plan: { track: { __default: { enabled: true, integrations: {} } } },
    edgeFunction: {},
    enabledMiddleware: {},
    middlewareSettings: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}

/** The one name that stands for all destinations: which of them an event goes to, its key decides. */
export const PROJECT_INTEGRATIONS: readonly ProjectIntegration[] = [
  {
    name: 'UserLeap',
    creationName: 'UserLeap',
    description: 'Asks people about what they just did.',
    website: 'https://sprig.com',
    category: 'Surveys',
  },
];

/** The same for RudderStack. Its SDK for Kotlin reads none of it where a field is missing. */
export function sourceConfig(writeKey: string): SourceConfig {
  return {
    source: {
      id: 'relay',
      name: 'relay',
      writeKey,
      workspaceId: 'relay',
      enabled: true,
      updatedAt: '2026-01-01T00:00:00.000Z',
      config: { statsCollection: { errors: OFF, metrics: OFF } },
      destinations: [],
    },
  };
}
