import type { SandboxUser } from '@segment-userleap/userleap-sandbox';
import type { EventRecord } from '@segment-userleap/relay-driver';
import { RelayOnSandbox, untilSettled } from '@segment-userleap/relay-driver';
import { freePort } from './free-port';

/** A relay that the tests of one SDK share, as to start one takes longer than most of them; after a stop it comes back where it was. */
export class SdkRelay {
  #newestBefore = 0;

  private constructor(private readonly pair: RelayOnSandbox) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<SdkRelay> {
    // `begin` has UserLeap forget its users: the relay must tell it of them again.
    const own = { PORT: String(await freePort()), RELAY_UNCHANGED_WINDOW: '0' };
    return new SdkRelay(await RelayOnSandbox.start({}, { ...own, ...env }));
  }

  get url(): string {
    return this.pair.relay.url;
  }

  /** Forgets what came so far, users included. */
  async begin(): Promise<void> {
    this.#newestBefore = Math.max(0, ...(await this.pair.events()).map(({ id }) => id));
    this.pair.sandbox.clear();
  }

  /** What came since `begin`. */
  async events(): Promise<readonly EventRecord[]> {
    return (await this.pair.events()).filter(({ id }) => id > this.#newestBefore);
  }

  /** Resolves when that many events came since `begin` and none of them waits any more. */
  settled(count: number): Promise<readonly EventRecord[]> {
    return untilSettled(count, () => this.events());
  }

  /** What UserLeap knows. */
  users(): readonly SandboxUser[] {
    return this.pair.sandbox.users();
  }

  /** Stops it as an operator does; from then on its port refuses connections. */
  async stop(): Promise<void> {
    await this.pair.relay.end('SIGTERM');
  }

  /** Starts it again, on the same port and store. */
  startAgain(): Promise<void> {
    return this.pair.startRelay();
  }

  /** Stops it for good and removes its store. */
  async remove(): Promise<void> {
    await this.pair.stop();
  }
}
