const NAME = 'relay_session';

/** What a call's cookies of the session's name hold; usually one, or none. */
export function readSessionCookies(header: string | undefined): readonly string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${NAME}=`)).map((pair) => pair.slice(NAME.length + 1));
}

interface CookieOptions {
  readonly maxAgeSeconds: number;
  /** Never to be sent without TLS. */
  readonly isSecure: boolean;
  /** Where the relay is put: nothing beside it gets the cookie. */
  readonly basePath: string;
}

/** The `Set-Cookie` of a session; an age of 0 takes the cookie away. */
export function writeSessionCookie(value: string, { maxAgeSeconds, isSecure, basePath }: CookieOptions): string {
  const attributes = [`Path=${basePath}/`, `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Strict'];
  return [`${NAME}=${value}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ');
}
