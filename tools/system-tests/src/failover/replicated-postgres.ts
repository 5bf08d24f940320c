import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '@segment-userleap/relay-driver';
import { freePort } from '../sdks/free-port';
import type { Programs } from './find-programs';
import { isRoot, NOBODY, runProgram, startProgram } from './run-program';
import type { Program } from './run-program';

const USER = 'postgres';
const STANDBY = 'standby';

/** A PostgreSQL and its synchronous standby, on two ports of this machine. What they commit is on disk. */
export class ReplicatedPostgres {
  readonly #folder = mkdtempSync(join(tmpdir(), 'failover-'));
  #primary: Program | undefined;
  #standby: Program | undefined;

  private constructor(
    private readonly programs: Programs,
    readonly primaryPort: number,
    readonly standbyPort: number,
  ) {}

  static async start(programs: Programs): Promise<ReplicatedPostgres> {
    const pair = new ReplicatedPostgres(programs, await freePort(), await freePort());
    try {
      await pair.#start();
      return pair;
    } catch (error) {
      await pair.stop();
      throw error;
    }
  }

  /** Of a server, or of what stands in front of it. */
  urlAt(...ports: readonly number[]): string {
    return `postgres://${USER}@${ports.map((port) => `127.0.0.1:${port}`).join(',')}/postgres`;
  }

  /** Ends the primary as a machine that loses its power does. */
  async killPrimary(): Promise<void> {
    // Its children notice, and end too.
    this.#primary?.child.kill('SIGKILL');
    await this.#primary?.ended;
  }

  /** Makes the standby the primary; resolves when it takes writes. */
  promote(): Promise<void> {
    const args = ['promote', '--wait', `--pgdata=${this.#data('standby')}`];
    return runProgram(this.programs.pg_ctl, args, this.#folder);
  }

  /** Removes both, data and all. */
  async stop(): Promise<void> {
    for (const server of [this.#standby, this.#primary]) {
      server?.child.kill('SIGQUIT');
      await server?.ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const { initdb, pg_basebackup } = this.programs;
    if (isRoot) chownSync(this.#folder, NOBODY.uid, NOBODY.gid);
    const how = [`--username=${USER}`, '--auth=trust', '--encoding=UTF8', '--locale=C'];
    await runProgram(initdb, [`--pgdata=${this.#data('primary')}`, ...how], this.#folder);
    this.#primary = await this.#run('primary', this.primaryPort, [`synchronous_standby_names=${STANDBY}`]);
    const from = `host=127.0.0.1 port=${this.primaryPort} user=${USER} application_name=${STANDBY}`;
    const target = `--pgdata=${this.#data('standby')}`;
    await runProgram(
      pg_basebackup,
      [target, `--dbname=${from}`, '--write-recovery-conf', '--checkpoint=fast'],
      this.#folder,
    );
    this.#standby = await this.#run('standby', this.standbyPort, []);
    await until('the standby to be synchronous', () => this.#isSynchronous());
  }

  async #run(name: 'primary' | 'standby', port: number, more: readonly string[]): Promise<Program> {
    const settings = ['max_connections=200', 'unix_socket_directories=', 'listen_addresses=127.0.0.1', ...more];
    const options = settings.flatMap((setting) => ['-c', setting]);
    const args = ['-D', this.#data(name), '-p', String(port), ...options];
    const program = startProgram(this.programs.postgres, args, this.#folder);
    await until(`the ${name} to take connections`, () => {
      if (program.child.exitCode !== null) throw new Error(`the ${name} ended: ${program.said()}`);
      return program.said().includes('ready to accept') || undefined;
    });
    return program;
  }

  async #isSynchronous(): Promise<true | undefined> {
    const client = new Client({ connectionString: this.urlAt(this.primaryPort) });
    await client.connect();
    const { rows } = await client.query(`SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`);
    await client.end();
    return rows.length > 0 || undefined;
  }

  #data(name: 'primary' | 'standby'): string {
    return join(this.#folder, name);
  }
}
