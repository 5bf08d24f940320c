const NAME = 'relay_session';

/** What a call's cookies of the session's name hold; usually one, or none. */
export function readSessionCookies(header: string | undefined): readonly string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${NAME}=`)).map((pair) => pair.slice(NAME.length + 1));
}

/** The `Set-Cookie` of a session; an age of 0 takes the cookie away. `isSecure`: never to be sent without TLS. */
export function writeSessionCookie(value: string, maxAgeSeconds: number, isSecure: boolean): string {
  const attributes = ['Path=/', `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Strict'];
  return [`${NAME}=${value}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ');
}
