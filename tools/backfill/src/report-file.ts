import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { replaceFile } from './journal';
import type { Position } from './position';
import { isDone } from './position';

/** A record that is no event, or that the relay refuses. */
export interface ReportLine {
  readonly file: string;
  /** The line, or the place in a list. */
  readonly line: number;
  readonly why: string;
  /** It was handed over all the same: as the settings stand that this command was given, the relay will refuse it. */
  readonly isHandedOver?: true;
  /** Of which strand it is. */
  readonly strand: number;
}

/** The file that names what was not handed over, or will be refused: a JSON object a line, without anything of what stands there. */
export class ReportFile {
  #lines: string[] = [];

  private constructor(private readonly path: string) {}

  /** A new one. */
  static create(path: string): ReportFile {
    rmSync(path, { force: true });
    return new ReportFile(path);
  }

  /** Goes on with what there is of records that are done; the others come again. */
  static resume(path: string, files: readonly { readonly path: string }[], done: readonly Position[]): ReportFile {
    if (existsSync(path)) {
      const places = new Map(files.map((file, index) => [file.path, index]));
      const kept = readFileSync(path, 'utf8')
        .split('\n')
        .filter((text) => isOfDone(text, places, done));
      replaceFile(path, kept.map((line) => `${line}\n`).join(''));
    }
    return new ReportFile(path);
  }

  add(line: ReportLine): void {
    this.#lines.push(JSON.stringify(line));
    if (this.#lines.length >= 1_000) this.write();
  }

  /** Before anything says that these records are done. */
  write(): void {
    if (this.#lines.length === 0) return;
    appendFileSync(this.path, `${this.#lines.join('\n')}\n`);
    this.#lines = [];
  }
}

function isOfDone(text: string, places: ReadonlyMap<string, number>, done: readonly Position[]): boolean {
  try {
    const { file, line, strand } = JSON.parse(text) as ReportLine;
    const position = done[strand];
    return position !== undefined && isDone({ file: places.get(file) ?? Infinity, place: line }, position);
  } catch {
    return false;
  }
}
