import { ConnectProxy } from '../connect-proxy';
import { HOST } from './snippets';
import { TlsFront } from './tls-front';

/** Leads processes that know relays by names of the docs' host to where they are, by TLS. */
export class WayToRelays {
  private constructor(
    private readonly fronts: ReadonlyMap<string, TlsFront>,
    private readonly connects: ConnectProxy,
  ) {}

  /** `ports`: by host, where its relay listens, asked for each connection. */
  static async start(ports: ReadonlyMap<string, () => number>): Promise<WayToRelays> {
    const fronts = new Map<string, TlsFront>();
    for (const [host, portOf] of ports) fronts.set(host, await TlsFront.start(portOf));
    const connects = await ConnectProxy.start('senders:here', (place) => {
      const front = fronts.get(place.replace(/:443$/, ''));
      if (front === undefined) throw new Error(`expected a host below ${HOST}, got another`);
      return front.port;
    });
    return new WayToRelays(fronts, connects);
  }

  /** For `https_proxy`. */
  get proxy(): string {
    return this.connects.url;
  }

  async close(): Promise<void> {
    await this.connects.close();
    for (const front of this.fronts.values()) await front.close();
  }
}
