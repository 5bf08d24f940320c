const LOGIN = /^#login=(.+)$/;

/** Takes the one-time code of a sign-in link out of the address, and out of the browser's history. */
export function takeLoginCode(): string | undefined {
  const code = LOGIN.exec(location.hash)?.[1];
  if (code === undefined) return undefined;
  history.replaceState(null, '', `${location.pathname}#/overview`);
  return decode(code);
}

function decode(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
