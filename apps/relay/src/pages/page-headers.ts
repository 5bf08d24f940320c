/** What a page of the relay may do: load its own files and call its own origin; nothing inline, nobody else's. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Kept by a browser, but asked for each time whether it is still the same. */
export const ASK_AGAIN = 'no-cache';

/** For files whose names tell their content. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
