import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Coverage, Task, Verdict } from './task';

/** A process that plays vectors, and is replaced when a mutant brings it down. */
export class WorkerProcess {
  #process: ChildProcess | undefined;

  constructor(private readonly bundle: string) {}

  /** Rejects where a vector fails without any mutant. */
  async cover(): Promise<Coverage> {
    const answer = await this.#ask({ kind: 'cover' });
    if (answer === undefined) throw new Error('the vectors cannot be played: see above');
    return answer as Coverage;
  }

  /** Undefined where the process ended, or said nothing for `timeoutMs`. */
  async play(task: Task & { kind: 'play' }, timeoutMs: number): Promise<Verdict | undefined> {
    return (await this.#ask(task, timeoutMs)) as Verdict | undefined;
  }

  end(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  async #ask(task: Task, timeoutMs?: number): Promise<unknown> {
    const child = (this.#process ??= this.#start());
    const answer = await new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, timeoutMs, undefined);
      const done = (value: unknown): void => {
        clearTimeout(timer);
        child.off('message', done).off('exit', ended);
        resolve(value);
      };
      const ended = (): void => done(undefined);
      child.on('message', done).on('exit', ended);
      child.send(task);
    });
    if (answer === undefined) this.end();
    return answer;
  }

  #start(): ChildProcess {
    // A mutant that fills the memory shall be found out before the machine is full.
    return fork(join(__dirname, 'worker.js'), [this.bundle], { execArgv: ['--max-old-space-size=1024'] });
  }
}
