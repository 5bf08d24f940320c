import type { SignatureFixture } from './signature-fixture';

/** The bodies of a fixture with one bit flipped in what is signed: every bit of each so many bytes' first, in turn. */
export function forge(fixture: SignatureFixture, { everyByte, bits }: Forging): readonly Buffer[] {
  const bytes = Buffer.from(fixture.body);
  const part = Buffer.from(fixture.element ?? fixture.body);
  const start = bytes.indexOf(part);
  const forged: Buffer[] = [];
  for (let at = 0; at < part.length; at += everyByte) {
    for (let bit = 0; bit < bits; bit += 1) {
      const flipped = Buffer.from(part);
      flipped.writeUInt8(part.readUInt8(at) ^ (1 << ((at + bit) % 8)), at);
      if (!isSignedAsBefore(fixture, flipped)) {
        forged.push(Buffer.concat([bytes.subarray(0, start), flipped, bytes.subarray(start + part.length)]));
      }
    }
  }
  return forged;
}

export interface Forging {
  readonly everyByte: number;
  /** How many bits of each of these bytes, one at a time. */
  readonly bits: number;
}

/** Where what is written again is signed, another spelling of the same event is the same event: `1e2` and `1E2`. */
function isSignedAsBefore({ element, signed }: SignatureFixture, flipped: Buffer): boolean {
  if (element === undefined) return false;
  try {
    return JSON.stringify(JSON.parse(flipped.toString('utf8'))) === signed;
  } catch {
    return false;
  }
}
