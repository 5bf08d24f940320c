/** One promise about how settings are read, as data. Lives in `vectors/settings/<claim>.json`. */
export interface SettingsVector {
  /** `settings/numbers-may-be-text`. */
  readonly name: string;
  readonly why: string;
  readonly cases: readonly SettingsCase[];
}

/** Settings as a host is handed them, and either what is wrong with them or what they are read as. */
export interface SettingsCase {
  /** An object gets an `apiKey` where it has none. */
  readonly settings: unknown;
  /** `<setting>: <what was expected>`, in order. */
  readonly issues?: readonly string[];
  /** The settings that matter. */
  readonly parsed?: Readonly<Record<string, unknown>>;
}

/** The settings of a case, complete. */
export function rawSettings({ settings }: SettingsCase): unknown {
  const isObject = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  return isObject ? { apiKey: 'key', ...settings } : settings;
}

/** A case with its place: for the title of a test. */
export function casesOf(
  vectors: readonly SettingsVector[],
): readonly (readonly [title: string, settingsCase: SettingsCase])[] {
  return vectors.flatMap(({ name, cases }) => cases.map((one, at) => [`${name} ${at + 1}`, one] as const));
}

/** What JSON can show of a parsed setting. */
export function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return value instanceof Set ? [...(value as Set<unknown>)] : value;
}
