import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@segment-userleap/relay-driver';

/** Relays that are scraped under one job. */
export interface Job {
  readonly name: string;
  /** Their addresses at this moment. */
  urls(): readonly string[];
}

interface FiringAlert {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A real Prometheus with alert rules, which scrapes and evaluates each second. */
export class Prometheus {
  private constructor(
    private readonly url: string,
    private readonly child: ChildProcess,
    private readonly discovery: Server,
    private readonly folder: string,
  ) {}

  /** Rejects where there is no `prometheus` to start. `jobs` may grow while it runs. */
  static async start(rules: string, jobs: readonly Job[]): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'alert-rules-'));
    const discovery = await listen(
      createServer((_, answer) => {
        const groups = jobs.map((job) => ({
          targets: job.urls().map((url) => new URL(url).host),
          labels: { job: job.name },
        }));
        answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(groups));
      }),
    );
    writeFileSync(join(folder, 'rules.yml'), rules);
    writeFileSync(join(folder, 'prometheus.yml'), configOf(portOf(discovery)));
    const port = await freePort();
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    process.once('exit', () => child.kill('SIGKILL'));
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const prometheus = new Prometheus(`http://127.0.0.1:${port}`, child, discovery, folder);
    await until('Prometheus to be ready', async () => {
      if (child.exitCode !== null) throw new Error('Prometheus ended');
      return (await fetch(`${prometheus.url}/-/ready`).catch(() => undefined))?.ok ? true : undefined;
    });
    return prometheus;
  }

  async isFiring(alert: string, job: string | undefined): Promise<boolean> {
    const answer = (await (await fetch(`${this.url}/api/v1/alerts`)).json()) as { data: { alerts: FiringAlert[] } };
    return answer.data.alerts.some(
      ({ state, labels }) => state === 'firing' && labels['alertname'] === alert && labels['job'] === job,
    );
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    this.discovery.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function configOf(port: number): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yml'],
    scrape_configs: [
      { job_name: 'all', http_sd_configs: [{ url: `http://127.0.0.1:${port}/`, refresh_interval: '1s' }] },
    ],
  });
}

async function freePort(): Promise<number> {
  const server = await listen(createServer());
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
