/**
 * A text of a compose file with its variables filled in: `${NAME:-default}` and `${NAME:+replacement}`, one in another, too.
 * Blank counts as not set. Throws where the text uses anything else.
 */
export function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  const start = text.indexOf('${');
  if (start < 0) return text;
  const end = endOf(text, start);
  const [, name = '', operator, rest = ''] = /^(\w+):([-+])(.*)$/s.exec(text.slice(start + 2, end)) ?? [];
  if (operator === undefined) throw new Error('expected ${NAME:-default} or ${NAME:+replacement}');
  const value = env[name] ?? '';
  const other = value === '' ? '' : interpolate(rest, env);
  const filled = operator === '+' ? other : value === '' ? interpolate(rest, env) : value;
  return text.slice(0, start) + filled + interpolate(text.slice(end + 1), env);
}

function endOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1;
    else if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new Error('expected } at the end of a variable');
}
