import Ajv2020 from 'ajv/dist/2020';

interface Operation {
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface ApiDescription {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a relay says of its API, to hold its answers against: nothing may be missing, nor be there without being described. */
export class DescribedApi {
  readonly #ajv = new Ajv2020({ formats: { 'date-time': ISO_TIME }, allErrors: true });

  constructor(private readonly description: ApiDescription) {
    // What OpenAPI has around its schemas.
    this.#ajv.addVocabulary(Object.keys(description));
    this.#ajv.addSchema(withoutRoom(description) as object, 'api');
  }

  /** Every call: `GET /api/events/{id}`. */
  get calls(): readonly string[] {
    return Object.entries(this.description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /** What is wrong with an answer to a call; nothing where it is as described. */
  problemsOf(call: string, status: number, contentType: string, body: unknown): readonly string[] {
    const [method = '', path = ''] = call.split(' ');
    const operation = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const isDescribed = this.description.paths[path]?.[method.toLowerCase()]?.responses[status] !== undefined;
    const response = isDescribed ? operation : ['components', 'responses', 'Refused'];
    return this.#check([...response, 'content', contentType.replace(/;.*/, ''), 'schema'], body);
  }

  /** What is wrong with an event of `GET /api/live`. */
  problemsOfLive(event: unknown): readonly string[] {
    return this.#check(['components', 'schemas', 'LiveEvent'], event);
  }

  #check(place: readonly string[], value: unknown): readonly string[] {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = this.#ajv.getSchema(`api#/${pointer}`);
    if (!validate) return [`nothing is described at ${place.join(' ')}`];
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }
}

/** The same, but that an object may hold nothing that its schema does not name. */
function withoutRoom(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutRoom);
  if (typeof part !== 'object' || part === null) return part;
  const changed = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, withoutRoom(one)]));
  return changed.type === 'object' && 'properties' in changed ? { additionalProperties: false, ...changed } : changed;
}
