import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALLED } from './script-calls';
import { INTERPRETERS, phpAutoload } from './script-languages';
import type { FoundClient } from './found-clients';
import type { ScriptLanguage } from './snippets';

const CERTIFICATE = join(__dirname, '../../fixtures/your-relay.pem');

/** A process of another language that sends to the relay of the docs; a proxy shows it the way there. */
export class ScriptSender {
  readonly #folder = mkdtempSync(join(tmpdir(), 'senders-'));
  readonly #child: ChildProcess;
  /** All that it wrote, for whoever asks why it went wrong. */
  output = '';

  /** Runs `code`, the snippet and the calls after it. */
  constructor({ snippet, sources, interpreter }: FoundClient, code: string, proxy: string) {
    const { extension, opening, args, env } = INTERPRETERS[snippet.runsIn as ScriptLanguage];
    const file = join(this.#folder, `send.${extension}`);
    writeFileSync(file, `${opening}${code}`);
    mkdirSync(join(this.#folder, 'vendor'));
    writeFileSync(join(this.#folder, 'vendor/autoload.php'), phpAutoload(sources));
    this.#child = spawn(interpreter, [...args(CERTIFICATE), file], {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, ...env(sources, CERTIFICATE), http_proxy: proxy, https_proxy: proxy },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => (this.output += data.toString()));
  }

  /** Resolves when its calls are made, or it has ended without. */
  async called(): Promise<void> {
    const ended = this.ended();
    while (!this.output.includes(CALLED) && this.#child.exitCode === null) {
      await Promise.race([ended, once(this.#child.stdout ?? this.#child, 'data')]);
    }
  }

  /** Resolves when it has sent what it had, or has given up. */
  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close');
  }

  async close(): Promise<void> {
    const ended = this.ended();
    this.#child.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
