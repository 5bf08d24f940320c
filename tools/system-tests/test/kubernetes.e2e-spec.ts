import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRelay, withTemporaryFolder } from '@segment-userleap/relay-driver';
import { parseAllDocuments } from 'yaml';
import { knownVariables } from '../src/image/known-variables';

const FOLDER = join(__dirname, '../../../docs/kubernetes');
// That of the image, and what it listens on in there.
const IMAGE_USER = 10_001;
const IMAGE_PORT = 8080;
const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container extends Readonly<Record<(typeof PROBES)[number], Probe>> {
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly { readonly secretRef: { readonly name: string } }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly selector?: unknown;
    readonly ports?: readonly { readonly name: string; readonly port: number; readonly targetPort: string }[];
    readonly template?: {
      readonly metadata: { readonly labels: unknown };
      readonly spec: {
        readonly securityContext: { readonly runAsUser: number };
        readonly containers: readonly Container[];
      };
    };
    readonly rules?: readonly { readonly http: { readonly paths: readonly { readonly backend: Backend }[] } }[];
  };
}

interface Backend {
  readonly service: { readonly name: string; readonly port: { readonly name: string } };
}

const manifests = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) =>
    parseAllDocuments(readFileSync(join(FOLDER, name), 'utf8')).map((all) => all.toJSON() as Manifest),
  );

const ofKind = (...kinds: readonly string[]): readonly Manifest[] =>
  manifests.filter(({ kind }) => kinds.includes(kind));
const workloads = ofKind('Deployment', 'StatefulSet');
const containers = workloads.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
const [secret] = ofKind('Secret');
const services = ofKind('Service');

describe('docs/kubernetes', () => {
  it('has the relay on either store, and what is around it', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(
      ['Deployment', 'Ingress', 'PodDisruptionBudget', 'Secret', 'Service', 'Service', 'StatefulSet'].sort(),
    );
    expect(containers).toHaveLength(2);
  });

  it('runs the relay as the user of the image, on the port of the image', () => {
    const users = workloads.map(({ spec }) => spec?.template?.spec.securityContext.runAsUser);
    expect(users).toEqual([IMAGE_USER, IMAGE_USER]);
    for (const { ports } of containers) expect(ports).toEqual([{ name: 'http', containerPort: IMAGE_PORT }]);
  });

  it('selects by the labels that the Pods have', () => {
    const labels = { 'app.kubernetes.io/name': 'relay' };
    for (const { spec } of workloads) expect(spec?.template?.metadata.labels).toEqual(labels);
    for (const { spec } of ofKind('Deployment', 'StatefulSet', 'PodDisruptionBudget')) {
      expect(spec?.selector).toEqual({ matchLabels: labels });
    }
    for (const { spec } of services) expect(spec?.selector).toEqual(labels);
  });

  it('leads from the Ingress to the Service, and from there to the port', () => {
    const backends = ofKind('Ingress').flatMap(({ spec }) => spec?.rules?.flatMap(({ http }) => http.paths) ?? []);
    expect(backends.map(({ backend: { service } }) => service)).toEqual([
      { name: 'relay', port: { name: 'http' } },
      { name: 'relay', port: { name: 'http' } },
    ]);
    for (const { metadata, spec } of services) {
      expect(metadata.name).toBe('relay');
      expect(spec?.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
    }
  });

  it('sets no variable that the relay does not know', () => {
    const names = [
      ...containers.flatMap(({ env }) => env.map(({ name }) => name)),
      ...Object.keys(secret?.stringData ?? {}),
    ];
    const known = knownVariables();
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    for (const { envFrom } of containers) expect(envFrom).toEqual([{ secretRef: { name: secret?.metadata.name } }]);
  });

  it('starts a relay that answers the probes', async () => {
    await withTemporaryFolder(async (folder) => {
      const env = Object.fromEntries(containers.flatMap((each) => each.env.map(({ name, value }) => [name, value])));
      const own = { DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`, USERLEAP_ENDPOINT: 'https://userleap.invalid' };
      const relay = await startRelay({ ...secret?.stringData, ...env, ...own });
      for (const { httpGet } of containers.flatMap((container) => PROBES.map((name) => container[name]))) {
        expect(httpGet.port).toBe('http');
        expect((await fetch(`${relay.url}${httpGet.path}`)).status).toBe(200);
      }
      expect(await relay.end('SIGTERM')).toBe(0);
    });
  });
});
