import { about, always, eitherOf, named, object, only, TEXT } from './schema';
import type { ValueOf } from './schema';

export const SESSION_CALL = named('SessionCall', eitherOf(only(object({ token: TEXT })), only(object({ code: TEXT }))));

export const SESSION = named(
  'Session',
  eitherOf(
    object({
      signedIn: always(true),
      csrfToken: about('For the header `X-CSRF-Token` of calls that change something', TEXT),
    }),
    object({ signedIn: always(false) }),
  ),
);

export type Session = ValueOf<typeof SESSION>;
