import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox, SandboxOptions } from '@segment-userleap/userleap-sandbox';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, AdminApi, ownStore, startRelay } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';
import { apiKeyOf, TestedDestination, writeKeyOf } from './tested-destination';

/** How a destination differs from one with a key and a sandbox of its own. */
export interface DestinationPlan {
  /** May hold spaces, to be read as part of a sentence. */
  readonly name: string;
  readonly sandbox?: SandboxOptions;
  /** The destination before it whose sandbox it delivers to. */
  readonly sandboxOf?: string;
  /** The destination whose key it has. */
  readonly keyOf?: string;
  readonly rateLimit?: string;
  readonly monthlyUsers?: number;
  /** In place of the one that is made from its name. */
  readonly writeKeys?: readonly string[];
  readonly sharedSecrets?: readonly string[];
  /** Besides key and endpoint. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where it delivers to, in place of its sandbox. */
  readonly endpoint?: (sandbox: Sandbox) => string | Promise<string>;
}

/** One relay with several destinations, each with its sandbox: what goes wrong in many ways is played side by side. */
export class RelayOnSandboxes {
  readonly admin = new AdminApi(() => this.relay.url);
  readonly #store = ownStore();
  readonly #destinations = new Map<string, TestedDestination>();
  #relay: RelayProcess | undefined;
  #earlierOutput = '';

  private constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(
    plans: readonly DestinationPlan[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<RelayOnSandboxes> {
    const group = new RelayOnSandboxes(mkdtempSync(join(tmpdir(), 'system-tests-')), env);
    try {
      for (const plan of plans) await group.addDestination(plan);
      await group.startRelay(plans);
      return group;
    } catch (error) {
      await group.closeSandboxes();
      throw error;
    }
  }

  /** Starts the relay, anew on the same store, with these destinations. */
  async startRelay(plans: readonly DestinationPlan[]): Promise<void> {
    const file = join(this.folder, 'destinations.json');
    writeFileSync(file, JSON.stringify(await Promise.all(plans.map((plan) => this.entryOf(plan)))));
    this.#earlierOutput = this.output();
    this.#relay = await startRelay({
      RELAY_DESTINATIONS: file,
      RELAY_ADMIN_TOKEN: ADMIN_TOKEN,
      ...this.#store.env,
      ...this.env,
    });
  }

  get relay(): RelayProcess {
    if (!this.#relay) throw new Error('no relay was started');
    return this.#relay;
  }

  of(name: string): TestedDestination {
    const destination = this.#destinations.get(name);
    if (!destination) throw new Error(`there is no destination ${name}`);
    return destination;
  }

  /** Everything that was written to the log, before restarts too. */
  output(): string {
    return `${this.#earlierOutput}${this.#relay?.output() ?? ''}`;
  }

  async stop(): Promise<void> {
    await this.relay.end('SIGTERM');
    await this.closeSandboxes();
    await this.#store.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async addDestination({ name, sandbox, sandboxOf }: DestinationPlan): Promise<void> {
    const shared = sandboxOf === undefined ? undefined : this.of(sandboxOf).sandbox;
    const own = shared ?? (await startSandbox({ applyDelayMs: 0, ...sandbox }));
    const destination = new TestedDestination(slugOf(name), own, this.admin, () => this.relay.url);
    this.#destinations.set(name, destination);
  }

  private async closeSandboxes(): Promise<void> {
    const sandboxes = new Set([...this.#destinations.values()].map(({ sandbox }) => sandbox));
    await Promise.all([...sandboxes].map((sandbox) => sandbox.close()));
  }

  private async entryOf(plan: DestinationPlan): Promise<object> {
    const { name, keyOf = name, rateLimit, monthlyUsers, writeKeys, sharedSecrets, settings, endpoint } = plan;
    const { sandbox } = this.of(name);
    return {
      name: slugOf(name),
      writeKeys: writeKeys ?? [writeKeyOf(slugOf(name))],
      ...(sharedSecrets === undefined ? {} : { sharedSecrets }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
      ...(monthlyUsers === undefined ? {} : { monthlyUsers }),
      settings: { ...settings, apiKey: apiKeyOf(slugOf(keyOf)), endpoint: (await endpoint?.(sandbox)) ?? sandbox.url },
    };
  }
}

function slugOf(name: string): string {
  return name.replaceAll(' ', '-');
}
