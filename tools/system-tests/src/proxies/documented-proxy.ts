import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@segment-userleap/relay-driver';
import { runProgram, startProgram } from '../failover/run-program';
import type { Program } from '../failover/run-program';
import { isListening } from './is-listening';
import { freePort } from '../sdks/free-port';

const WORKSPACE = join(__dirname, '../../../..');
const CERTIFICATE = join(WORKSPACE, 'tools/system-tests/fixtures/your-relay.pem');
// Debian puts what administrators run beside the PATH.
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
// Nobody listens there: a replica that is away.
const AWAY = '127.0.0.1:1';

interface Kind {
  readonly file: string;
  /** What of the file is of the reader's own machine, and what it is here. */
  readonly own: (places: {
    port: number;
    relay: string;
    certificate: string;
  }) => readonly (readonly [string, string])[];
  readonly args: (file: string, folder: string) => readonly string[];
}

const KINDS: Readonly<Record<'nginx' | 'haproxy', Kind>> = {
  nginx: {
    file: 'docs/proxies/nginx.conf',
    own: ({ port, relay, certificate }) => [
      ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
      ['server 127.0.0.1:8080', `server ${relay}`],
      ['/etc/nginx/relay.pem', certificate],
    ],
    args: (file, folder) => ['-e', 'stderr', '-p', folder, '-c', aroundNginx(file, folder)],
  },
  haproxy: {
    file: 'docs/proxies/haproxy.cfg',
    own: ({ port, relay, certificate }) => [
      ['bind :443', `bind 127.0.0.1:${port}`],
      ['10.0.0.11:8080', relay],
      ['10.0.0.12:8080', AWAY],
      ['/etc/haproxy/relay.pem', certificate],
    ],
    args: (file) => ['-f', file],
  },
};

export type ProxyName = keyof typeof KINDS;

/** Where a proxy is installed here. */
export function findProxy(name: ProxyName): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A proxy that runs with the file of the docs, before one relay. It speaks TLS. */
export class DocumentedProxy {
  private constructor(
    readonly port: number,
    private readonly program: Program,
    private readonly folder: string,
  ) {}

  /** Rejects, with what the proxy says, where it does not take the file. `relay`: `HOST:PORT`. */
  static async start(name: ProxyName, path: string, relay: string): Promise<DocumentedProxy> {
    const { file, own, args } = KINDS[name];
    const folder = mkdtempSync(join(tmpdir(), `${name}-`));
    // As root it is run by nobody.
    chmodSync(folder, 0o777);
    const certificate = join(folder, 'relay.pem');
    copyFileSync(CERTIFICATE, certificate);
    const port = await freePort();
    const config = join(folder, 'documented.conf');
    writeFileSync(config, replaced(readFileSync(join(WORKSPACE, file), 'utf8'), own({ port, relay, certificate })));
    const given = args(config, folder);
    await runProgram(path, name === 'nginx' ? [...given, '-t'] : ['-c', ...given], folder);
    const program = startProgram(path, name === 'nginx' ? [...given, '-g', 'daemon off;'] : ['-db', ...given], folder);
    const proxy = new DocumentedProxy(port, program, folder);
    await until(`${name} to listen`, async () => (await isListening(port)) || undefined);
    return proxy;
  }

  async stop(): Promise<void> {
    this.program.child.kill('SIGTERM');
    await this.program.ended;
    rmSync(this.folder, { recursive: true });
  }
}

function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((all, [documented, here]) => {
    if (!all.includes(documented)) throw new Error(`the documented file has no ${documented}`);
    return all.replaceAll(documented, here);
  }, text);
}

/** What Debian's own file has around it, in a folder that it may write to. */
function aroundNginx(file: string, folder: string): string {
  const around = join(folder, 'nginx.conf');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`);
  writeFileSync(
    around,
    `pid ${folder}/nginx.pid; events {} http { access_log off; ${paths.join(' ')} include ${file}; }`,
  );
  return around;
}
