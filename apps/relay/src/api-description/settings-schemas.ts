import { about, FLAG, listOf, named, nullable, NUMBER, object, OBJECT, TEXT } from './schema';

/** What this relay is set to do. */
export const SETTINGS = named(
  'EffectiveSettings',
  object({
    variables: listOf(
      object({
        name: TEXT,
        value: about('Null: not set, and without a default. Secrets are masked', nullable(TEXT)),
        isDefault: FLAG,
      }),
    ),
    destinations: listOf(
      object({
        name: TEXT,
        writeKeys: about('How many there are', NUMBER),
        sharedSecrets: about('How many there are', NUMBER),
        rateLimit: TEXT,
        settings: about('As they count, defaults included; the key is masked', OBJECT),
      }),
    ),
  }),
);
