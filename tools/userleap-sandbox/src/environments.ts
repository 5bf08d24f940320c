import { Environment } from './environment';
import type { SandboxOptions } from './sandbox-options';
import type { SandboxUser } from './sandbox-user';

/** The environments by API key, numbered from 1 in order of first use. */
export class Environments {
  private readonly byKey = new Map<string, Environment>();

  constructor(private readonly options: Required<SandboxOptions>) {}

  of(key: string): Environment {
    const environment = this.byKey.get(key) ?? new Environment(this.byKey.size + 1, this.options);
    this.byKey.set(key, environment);
    return environment;
  }

  users(): SandboxUser[] {
    return [...this.byKey.values()].flatMap((environment) => environment.list());
  }

  unapplied(): number {
    return [...this.byKey.values()].reduce((sum, environment) => sum + environment.unapplied, 0);
  }

  dropPending(): void {
    for (const environment of this.byKey.values()) environment.dropPending();
  }

  clear(): void {
    this.dropPending();
    this.byKey.clear();
  }
}
