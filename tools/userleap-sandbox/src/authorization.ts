export type AuthScheme = 'API-Key' | 'Bearer' | 'other';

export interface Authorization {
  /** `null` when there is no header. */
  scheme: AuthScheme | null;
  /** Selects the environment; `null` when there is none, or no known scheme before it. */
  key: string | null;
}

export function parseAuthorization(header: string | undefined): Authorization {
  if (header === undefined) return { scheme: null, key: null };
  const match = /^(API-Key|Bearer)(?: +(.+))?$/.exec(header);
  if (!match) return { scheme: 'other', key: null };
  return { scheme: match[1] as AuthScheme, key: match[2] ?? null };
}
