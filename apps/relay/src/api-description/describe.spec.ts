import { Describe } from './describe';
import { always, eitherOf, listOf, nullable, NUMBER, object, oneOf, TEXT } from './schema';
import type { Schema } from './schema';

interface Switch {
  readonly id: number;
  readonly state: 'on' | 'off';
  readonly reason: string | null;
  readonly note?: string;
}

const SWITCH: Schema<Switch> = object(
  { id: NUMBER, state: oneOf('on', 'off'), reason: nullable(TEXT) },
  { note: TEXT },
);

// The compiler is what is tested here: `typecheck` fails where a line below `@ts-expect-error` has no error.
describe(Describe.name, () => {
  it('takes a method that answers what is described', () => {
    class Calls {
      @Describe('At once', { answer: SWITCH })
      atOnce(): Switch {
        return { id: 1, state: 'on', reason: null };
      }

      @Describe('Later', { answer: listOf(SWITCH) })
      async later(): Promise<readonly Switch[]> {
        return [];
      }

      @Describe('Either', { answer: eitherOf(object({ on: always(true) }), object({ on: always(false), id: NUMBER })) })
      either(): { on: true } | { on: false; id: number } {
        return { on: true };
      }

      @Describe('A stream', { stream: SWITCH })
      async stream(): Promise<void> {
        return undefined;
      }
    }
    expect(new Calls().atOnce().id).toBe(1);
  });

  it('takes no other', () => {
    class Calls {
      // @ts-expect-error -- a field that is not described
      @Describe('More', { answer: object({ id: NUMBER }) })
      more(): { id: number; secret: string } {
        return { id: 1, secret: '' };
      }

      // @ts-expect-error -- a field that is not answered
      @Describe('Less', { answer: object({ id: NUMBER, reason: TEXT }) })
      less(): { id: number } {
        return { id: 1 };
      }

      // @ts-expect-error -- null, which is not described
      @Describe('Null', { answer: object({ reason: TEXT }) })
      none(): { reason: string | null } {
        return { reason: null };
      }

      // @ts-expect-error -- null, which is never answered
      @Describe('Never null', { answer: object({ reason: nullable(TEXT) }) })
      neverNull(): { reason: string } {
        return { reason: '' };
      }

      // @ts-expect-error -- a text for one of some
      @Describe('Any text', { answer: object({ state: oneOf('on', 'off') }) })
      anyText(): { state: string } {
        return { state: '' };
      }

      // @ts-expect-error -- a list that is none
      @Describe('One', { answer: listOf(SWITCH) })
      async one(): Promise<Switch> {
        return { id: 1, state: 'on', reason: null };
      }
    }
    expect(new Calls().more().id).toBe(1);
  });

  it('holds a schema to the type that it stands for', () => {
    // @ts-expect-error -- `off` is missing
    const narrow: Schema<'on' | 'off'> = oneOf('on');
    // @ts-expect-error -- `reason` may be null
    const wide: Schema<{ reason: string }> = object({ reason: nullable(TEXT) });
    // @ts-expect-error -- `note` may be missing
    const optional: Schema<{ note: string }> = object({}, { note: TEXT });
    // @ts-expect-error -- `notes` is `note`
    const misnamed: Schema<{ note?: string }> = object({}, { notes: TEXT });
    const required = [wide, optional, misnamed].map((schema) => schema.required);
    expect([narrow.enum, required]).toEqual([['on'], [['reason'], [], []]]);
  });
});
