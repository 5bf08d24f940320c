import { until } from '@segment-userleap/relay-driver';
import { RelayOnSandboxes } from '../relay-on-sandboxes';
import type { DestinationPlan } from '../relay-on-sandboxes';
import type { Job, Prometheus } from './prometheus';

// Longer than the longest rule takes, at the speed of the stage.
const PATIENCE_SECONDS = 150;

/** Relays of one scenario, as Prometheus sees them: a job of their own. */
export class Stage implements Job {
  readonly name: string;
  readonly #groups: RelayOnSandboxes[] = [];
  readonly #urls = new Map<RelayOnSandboxes, string>();

  constructor(
    readonly alert: string,
    private readonly prometheus: Prometheus,
    /** False: the alert is of no job. */
    private readonly isOfJob = true,
  ) {
    this.name = alert;
  }

  urls(): readonly string[] {
    return [...this.#urls.values()];
  }

  /** Starts a relay, and has it scraped from now on, also while it is down. */
  async start(
    plans: readonly DestinationPlan[] = [{ name: 'surveys' }],
    env: Readonly<Record<string, string>> = {},
  ): Promise<RelayOnSandboxes> {
    const group = await RelayOnSandboxes.start(plans, env);
    this.#groups.push(group);
    this.#urls.set(group, group.relay.url);
    return group;
  }

  /** Another start of the relay, on its store. */
  async restart(group: RelayOnSandboxes, plans: readonly DestinationPlan[]): Promise<void> {
    await group.relay.end('SIGTERM');
    await group.startRelay(plans);
    this.#urls.set(group, group.relay.url);
  }

  fires(): Promise<void> {
    return this.#wait(true);
  }

  ends(): Promise<void> {
    return this.#wait(false);
  }

  async close(): Promise<void> {
    for (const group of this.#groups.splice(0)) await group.stop();
  }

  async #wait(isFiring: boolean): Promise<void> {
    const job = this.isOfJob ? this.name : undefined;
    await until(
      `${this.alert} ${isFiring ? 'to fire' : 'to end'}`,
      async () => ((await this.prometheus.isFiring(this.alert, job)) === isFiring ? true : undefined),
      PATIENCE_SECONDS,
    );
  }
}
