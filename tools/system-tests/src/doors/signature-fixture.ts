import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../fixtures/signatures');

/** A signed body; made by `make-signatures.py`, beside the fixtures. */
export interface SignatureFixture {
  readonly why: string;
  readonly secret: string;
  readonly body: string;
  /** The raw text of a batch's first element; a single event has none. */
  readonly element?: string;
  /** The text under the HMAC. */
  readonly signed: string;
  readonly signature: string;
}

/** All fixtures, by name. */
export function loadSignatureFixtures(): ReadonlyMap<string, SignatureFixture> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [file.replace('.json', ''), read(join(FOLDER, file))]));
}

function read(path: string): SignatureFixture {
  return JSON.parse(readFileSync(path, 'utf8')) as SignatureFixture;
}
