import { parseArgs } from 'node:util';

/** What the arguments ask for. */
export interface DeployOptions {
  readonly target: { readonly name: string } | { readonly id: string };
  readonly dryRun: boolean;
  readonly minified: boolean;
  readonly force: boolean;
}

type CommandLine = { ask: 'deploy'; options: DeployOptions } | { ask: 'help' } | { ask: 'nothing'; message: string };

const FLAGS = {
  name: { type: 'string' },
  id: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  minified: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options that the arguments stand for, or one line about what cannot be used. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS });
    if (values.help) return { ask: 'help' };
    const { name, id, 'dry-run': dryRun, minified, force } = values;
    return { ask: 'deploy', options: { target: readTarget(name, id), dryRun, minified, force } };
  } catch (error) {
    // Of Node's own messages the first sentence says it; the rest is advice about positional arguments.
    return { ask: 'nothing', message: (error as Error).message.split(/\.\s/)[0] ?? '' };
  }
}

function readTarget(name: string | undefined, id: string | undefined): DeployOptions['target'] {
  if ((name === undefined) === (id === undefined)) throw new Error('give either --name NAME or --id ID');
  if (id !== undefined) {
    if (!/^[\w-]+$/.test(id)) throw new Error('--id: expected letters, digits, _ and - only, such as sfnd_a1b2c3');
    return { id };
  }
  const trimmed = (name ?? '').trim();
  if (trimmed === '') throw new Error('--name: expected a name that is not blank');
  return { name: trimmed };
}
