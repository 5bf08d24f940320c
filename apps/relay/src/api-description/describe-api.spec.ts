import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { Describe, DescribeAdminCalls, DescribeOpenCalls } from './describe';
import { describeApi } from './describe-api';
import { listOf, named, NUMBER, object, TEXT } from './schema';

const THING = named('Thing', object({ id: NUMBER }));

@DescribeAdminCalls('Things')
@Controller('api/things')
class ThingsController {
  @Get(':id')
  @Describe('One of them', { parts: { id: NUMBER }, query: { name: TEXT }, answer: THING })
  show(): { id: number } {
    return { id: 1 };
  }

  @Post(['all', 'a'])
  @Describe('All of them', { body: THING, answer: listOf(THING) })
  list(): readonly { id: number }[] {
    return [];
  }

  notACall(): void {
    return undefined;
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

@Module({ imports: [ThingsModule] })
class OtherThingsModule {}

@Module({ imports: [OtherThingsModule, ThingsModule] })
class WholeModule {}

const REFERENCE = { $ref: '#/components/schemas/Thing' };

describe(describeApi.name, () => {
  let paths: Record<string, Record<string, Record<string, unknown>>>;
  let components: { schemas: object };

  beforeAll(async () => {
    ({ paths, components } = (await describeApi(WholeModule)) as {
      paths: typeof paths;
      components: typeof components;
    });
  });

  it('finds every call once, under each of its addresses', () => {
    const found = Object.entries(paths).map(([path, calls]) => [path, Object.keys(calls)]);
    expect(found).toEqual([
      ['/api/things/{id}', ['get']],
      ['/api/things/all', ['post']],
      ['/api/things/a', ['post']],
    ]);
  });

  it('says of a call what opens it, what it takes and what it answers', () => {
    expect(paths['/api/things/{id}']?.get).toEqual({
      tags: ['Things'],
      summary: 'One of them',
      operationId: 'ThingsController_show',
      security: [{ adminToken: [] }, { session: [] }],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: NUMBER },
        { name: 'name', in: 'query', required: false, schema: TEXT },
      ],
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: REFERENCE } } },
        default: { $ref: '#/components/responses/Refused' },
      },
    });
  });

  it('writes a schema with a name once, and speaks of it by its name', () => {
    expect(paths['/api/things/all']?.post).toMatchObject({
      requestBody: { required: true, content: { 'application/json': { schema: REFERENCE } } },
      responses: { 201: { content: { 'application/json': { schema: { type: 'array', items: REFERENCE } } } } },
    });
    const thing = { type: 'object', properties: { id: NUMBER }, required: ['id'] };
    expect(components.schemas).toMatchObject({ Thing: thing });
  });

  it('refuses a call that is not described, and two schemas of one name', async () => {
    @DescribeOpenCalls('Bare')
    @Controller('bare')
    class BareController {
      @Get()
      look(): void {
        return undefined;
      }
    }
    @Module({ controllers: [BareController] })
    class BareModule {}
    await expect(describeApi(BareModule)).rejects.toThrow('BareController.look is not described');

    @DescribeOpenCalls('Other')
    @Controller('other')
    class OtherController {
      @Get()
      @Describe('Another thing', { answer: named('Thing', object({ id: TEXT })) })
      show(): { id: string } {
        return { id: '' };
      }
    }
    @Module({ imports: [ThingsModule], controllers: [OtherController] })
    class OtherModule {}
    await expect(describeApi(OtherModule)).rejects.toThrow('two schemas are named Thing');
  });
});
