import type { ScriptLanguage, Snippet } from './snippets';

/** What a script says when its calls are made; what follows is sending. */
export const CALLED = 'called';

/** So many Tracks of a user. */
export function tracks({ runsIn, code }: Snippet, userId: string, count: number): string {
  const calls: Record<ScriptLanguage, string> = {
    python: `for at in range(${count}):\n    analytics.track('${userId}', f'Event {at}')\n`,
    ruby: `${count}.times { |at| analytics.track(user_id: '${userId}', event: "Event #{at}") }\n`,
    php: `for ($at = 0; $at < ${count}; $at++) CLIENT::track(['userId' => '${userId}', 'event' => "Event $at"]);\n`,
  };
  return sent(runsIn as ScriptLanguage, code, calls[runsIn as ScriptLanguage]);
}

/** A call of each kind: a number as id, a date, what is nested, null; a Page without a name; a Group without an id where the client lets that pass. */
export function everyCall({ name, runsIn, code }: Snippet): string {
  return withIds(name, sent(runsIn as ScriptLanguage, code, EVERY_CALL[runsIn as ScriptLanguage]));
}

/** The user of `everyCall` becomes another. */
export function alias({ name, runsIn, code }: Snippet): string {
  return withIds(name, sent(runsIn as ScriptLanguage, code, ALIAS[runsIn as ScriptLanguage]));
}

function withIds(name: string, calls: string): string {
  return TEXT_IDS.includes(name) ? calls.replaceAll(/\b420\d\b/g, `'$&'`) : calls;
}

// These take ids as text only; PHP's ends the script with a number that is sent alone.
const TEXT_IDS = ['rudder-sdk-ruby', 'rudder-php-sdk'];

const EVERY_CALL: Readonly<Record<ScriptLanguage, string>> = {
  python: `from datetime import datetime, timezone
since = datetime(1970, 1, 1, tzinfo=timezone.utc)
traits = {'email': 'ann@example.com', 'plan': {'tier': 'pro'}, 'since': since, 'nothing': None, 'zero': 0, 'no': False}
analytics.identify(4200, traits)
analytics.track(4200, 'Clicked', {'price': 3})
analytics.page(4200, properties={'url': 'https://shop.example/'})
analytics.screen(4200, name='Home')
analytics.group(4200, '')
analytics.track(anonymous_id='nobody', event='Looked')
`,
  ruby: `since = Time.at(0).utc
traits = { email: 'ann@example.com', plan: { tier: 'pro' }, since: since, nothing: nil, zero: 0, no: false }
analytics.identify(user_id: 4200, traits: traits)
analytics.track(user_id: 4200, event: 'Clicked', properties: { price: 3 })
analytics.page(user_id: 4200, properties: { url: 'https://shop.example/' })
analytics.screen(user_id: 4200, name: 'Home')
analytics.group(user_id: 4200, group_id: 'g1')
analytics.track(anonymous_id: 'nobody', event: 'Looked')
`,
  php: `$since = (new DateTime('@0'))->format(DATE_ATOM);
$traits = ['email' => 'ann@example.com', 'plan' => ['tier' => 'pro'], 'since' => $since, 'nothing' => null, 'zero' => 0, 'no' => false];
CLIENT::identify(['userId' => 4200, 'traits' => $traits]);
CLIENT::track(['userId' => 4200, 'event' => 'Clicked', 'properties' => ['price' => 3]]);
CLIENT::page(['userId' => 4200, 'properties' => ['url' => 'https://shop.example/']]);
CLIENT::screen(['userId' => 4200, 'name' => 'Home']);
CLIENT::group(['userId' => 4200, 'groupId' => 'g1']);
CLIENT::track(['anonymousId' => 'nobody', 'event' => 'Looked']);
`,
};

const ALIAS: Readonly<Record<ScriptLanguage, string>> = {
  python: `analytics.alias(4200, 4201)\n`,
  ruby: `analytics.alias(user_id: 4201, previous_id: 4200)\n`,
  php: `CLIENT::alias(['userId' => 4201, 'previousId' => 4200]);\n`,
};

const SEND: Readonly<Record<ScriptLanguage, string>> = {
  python: `print('${CALLED}', flush=True)\nanalytics.flush()\n`,
  ruby: `$stdout.puts '${CALLED}'\n$stdout.flush\nanalytics.flush\n`,
  php: `echo "${CALLED}\\n";\nCLIENT::flush();\n`,
};

/** In PHP the snippet says which class it is. */
function sent(language: ScriptLanguage, snippet: string, calls: string): string {
  const client = /^use \S+\\(\w+);$/m.exec(snippet)?.[1] ?? '';
  return `${calls}${SEND[language]}`.replaceAll('CLIENT', client);
}
