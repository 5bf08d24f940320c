import { InputError } from './input-error';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import type { HistoryFile } from './history-file';
import { NO_MARK } from './strand';
import type { Mark } from './strand';
import type { SketchChange } from './user-sketch';

const FORM = 1;

/** What a state file belongs to: with anything else the same positions would mean other events. */
export interface Task {
  readonly to: string;
  /** Says which key it is, and not what it is. */
  readonly key: string;
  readonly choice: string;
  readonly files: readonly Pick<HistoryFile, 'name' | 'bytes'>[];
}

/** How far all strands are. */
export interface Progress {
  readonly marks: readonly Mark[];
  readonly users: readonly SketchChange[];
}

interface Head extends Task {
  readonly backfill: typeof FORM;
}

// A line has some 400 bytes.
const MOST_LINES = 10_000;
// A process that is killed loses nothing of what was written. Only a machine that loses its power does, of the last second.
const SYNC_EVERY_MS = 1_000;

/**
 * The state of a hand-over: a file whose first line says what it belongs to, and each other line how far it was, written before the next
 * batch goes. Half a line at the end, of a process that died in it, is passed over.
 */
export class Journal {
  #file: number;
  #lines = 0;
  #syncedAt = 0;

  private constructor(
    private readonly path: string,
    private readonly head: Head,
    progress: Progress,
  ) {
    this.#file = this.#begin(progress);
  }

  /** Goes on with what there is, or begins. Throws with a sentence where the file belongs to something else. */
  static open(path: string, task: Task, strands: number): { readonly journal: Journal; readonly progress: Progress } {
    const files = task.files.map(({ name, bytes }) => ({ name, bytes }));
    const before = existsSync(path) ? readJournal(path, task) : { marks: [], users: [] };
    const marks = Array.from({ length: strands }, (_, index) => before.marks[index] ?? NO_MARK);
    const progress = { ...before, marks };
    return { journal: new Journal(path, { backfill: FORM, ...task, files }, progress), progress };
  }

  /** `news`: the users are those since the last note; `all`: all of them. */
  note(news: Progress, all: () => Progress): void {
    this.#lines += 1;
    if (this.#lines > MOST_LINES) {
      closeSync(this.#file);
      this.#file = this.#begin(all());
      return;
    }
    writeSync(this.#file, `${JSON.stringify(news)}\n`);
    if (performance.now() - this.#syncedAt < SYNC_EVERY_MS) return;
    this.#syncedAt = performance.now();
    fdatasyncSync(this.#file);
  }

  close(): void {
    fdatasyncSync(this.#file);
    closeSync(this.#file);
  }

  /** In one piece: either the old file is there or the new one. */
  #begin(progress: Progress): number {
    this.#lines = 0;
    replaceFile(this.path, `${JSON.stringify(this.head)}\n${JSON.stringify(progress)}\n`);
    return openSync(this.path, 'a');
  }
}

function readJournal(path: string, task: Task): Progress {
  const [first = '', ...lines] = readFileSync(path, 'utf8').split('\n');
  const head = parse(first) as Partial<Head> | undefined;
  if (head?.backfill !== FORM) throw new InputError(`--state ${path}: expected a state file of this command`);
  checkTask(path, head as Head, task);
  const noted = lines.flatMap((line) => {
    const value = parse(line) as Progress | undefined;
    return value ? [value] : [];
  });
  return { marks: noted.at(-1)?.marks ?? [], users: noted.flatMap(({ users }) => users) };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function checkTask(path: string, before: Head, now: Task): void {
  const refuse = (why: string): never => {
    throw new InputError(`--state ${path}: ${why}. Give another --state, or remove it to begin anew`);
  };
  if (before.to !== now.to || before.key !== now.key) refuse('it belongs to another relay or write key');
  if (before.choice !== now.choice) refuse('it belongs to other --since, --until, --types or --mapping');
  for (const [index, file] of now.files.entries()) {
    const known = before.files[index];
    if (known?.name !== file.name) refuse(`${file.name}: expected ${known?.name ?? 'no further file'} in its place`);
    else if (known.bytes !== file.bytes) {
      refuse(`${file.name} has changed since: it had ${known.bytes} bytes, and has ${file.bytes}`);
    }
  }
  const missing = before.files[now.files.length];
  if (missing) refuse(`${missing.name} is missing`);
}

/** Writes a file in the place of another, in one piece. */
export function replaceFile(path: string, content: string): void {
  const next = `${path}.new`;
  const file = openSync(next, 'w');
  writeSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
}
