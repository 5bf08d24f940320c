import { parseArgs } from 'node:util';
import { resolveOptions, type SandboxOptions } from './sandbox-options';

type CommandLine = { ok: true; options: SandboxOptions } | { ok: false; message: string };

const FLAGS = {
  port: { type: 'string', default: '9090' },
  host: { type: 'string', default: '127.0.0.1' },
  'apply-delay': { type: 'string', default: '250' },
  'rate-limit': { type: 'string', default: '1000/300s' },
} as const;

/** The options that the arguments of the command stand for, or a message about one that cannot be used. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS });
    const options = {
      port: toInteger(values.port),
      host: values.host,
      applyDelayMs: toInteger(values['apply-delay']),
      rateLimit: toRateLimit(values['rate-limit']),
    };
    return { ok: true, options: resolveOptions(options) };
  } catch (error) {
    // Of Node's own messages the first sentence says it; the rest is advice about positional arguments.
    return { ok: false, message: (error as Error).message.split(/\.\s/)[0] ?? '' };
  }
}

function toInteger(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

function toRateLimit(text: string): { requests: number; windowMs: number } {
  const [, requests, seconds] = /^(\d+)\/(\d+)s$/.exec(text) ?? [];
  if (seconds === undefined) throw new Error('rate-limit: expected <requests>/<seconds>s, such as 1000/300s');
  return { requests: Number(requests), windowMs: Number(seconds) * 1000 };
}
