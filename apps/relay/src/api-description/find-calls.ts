import { RequestMethod } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DESCRIBED_CALL, DESCRIBED_CALLS } from './describe';
import type { DescribedCall, DescribedCalls } from './describe';

/** A call as its method and its controller describe it. */
export interface FoundCall extends DescribedCall, DescribedCalls {
  /** `/api/events/{id}` */
  readonly path: string;
  readonly method: string;
  /** That of an answer. */
  readonly status: number;
}

/** Every call that the controllers of the modules, and of those that they import, take. Throws where one is not described. */
export function findCalls(modules: readonly Type[]): readonly FoundCall[] {
  return [...new Set(controllersOf(modules))].flatMap((controller) => {
    const { prototype } = controller as { readonly prototype: Readonly<Record<string, object>> };
    return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }: PropertyDescriptor) => {
      const method = Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod | undefined;
      return method === undefined ? [] : callsOf(controller, value as () => unknown, method);
    });
  });
}

function controllersOf(modules: readonly Type[]): readonly Type[] {
  const listOf = (name: string, module: Type): readonly Type[] => (Reflect.getMetadata(name, module) ?? []) as Type[];
  return modules.flatMap((module) => [
    ...listOf(MODULE_METADATA.CONTROLLERS, module),
    ...controllersOf(listOf(MODULE_METADATA.IMPORTS, module)),
  ]);
}

/** One for each address of the method. */
function callsOf(controller: Type, handler: () => unknown, method: RequestMethod): readonly FoundCall[] {
  const calls = Reflect.getMetadata(DESCRIBED_CALLS, controller) as DescribedCalls | undefined;
  const call = Reflect.getMetadata(DESCRIBED_CALL, handler) as DescribedCall | undefined;
  if (!calls || !call) throw new Error(`${controller.name}.${handler.name} is not described`);
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const usual = method === RequestMethod.POST ? 201 : 200;
  const status = (Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined) ?? usual;
  const ends = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
  const name = RequestMethod[method].toLowerCase();
  return ends.map((end) => ({ ...calls, ...call, path: pathOf(base, end), method: name, status }));
}

function pathOf(base: string, end: string): string {
  const parts = `${base}/${end}`.split('/').filter((part) => part !== '');
  return `/${parts.join('/').replace(/:(\w+)/g, '{$1}')}`;
}
