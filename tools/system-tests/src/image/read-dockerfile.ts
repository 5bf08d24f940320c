import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const WORKSPACE = join(__dirname, '../../../..');

/** A part of the Dockerfile: from one `FROM` to the next. */
export interface Stage {
  readonly name: string;
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  /** `COPY`, `ENV`, … */
  readonly keyword: string;
  /** The rest of it, on one line. */
  readonly text: string;
}

/** The stages of the project's Dockerfile, in order. It knows no more of the format than this file uses. */
export function readDockerfile(): readonly Stage[] {
  const lines = readFileSync(join(WORKSPACE, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, keyword = '', text = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (keyword === '') throw new Error('the Dockerfile holds a line that is no instruction');
    const [, from, name] = keyword === 'FROM' ? (/^(\S+) AS (\S+)$/.exec(text) ?? []) : [];
    if (from !== undefined && name !== undefined) stages.push({ name, from, instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, text });
  }
  return stages;
}

/** The texts of a stage's instructions of one kind. */
export function textsOf(stage: Stage, keyword: string): readonly string[] {
  return stage.instructions.filter((one) => one.keyword === keyword).map(({ text }) => text);
}

/** The words of an instruction in exec form: no shell stands between it and the process. */
export function commandOf(text: string): readonly string[] {
  return JSON.parse(text.slice(text.indexOf('['))) as readonly string[];
}

/** What a stage adds to the environment. */
export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  const pairs = textsOf(stage, 'ENV').flatMap((text) => text.split(' '));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
