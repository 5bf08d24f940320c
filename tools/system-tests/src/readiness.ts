import { until } from '@segment-userleap/relay-driver';

/** What a relay says of its readiness. */
export interface Readiness {
  readonly code: number;
  readonly status: string;
  readonly reasons: readonly string[];
}

export async function readinessOf({ url }: { readonly url: string }): Promise<Readiness> {
  const response = await fetch(`${url}/health/ready`);
  const { status, reasons } = (await response.json()) as Omit<Readiness, 'code'>;
  return { code: response.status, status, reasons };
}

/** Resolves with the readiness once it has this status. */
export function untilReadiness(relay: { readonly url: string }, status: string): Promise<Readiness> {
  return until(`the relay to be ${status}`, async () => {
    const readiness = await readinessOf(relay);
    return readiness.status === status ? readiness : undefined;
  });
}
