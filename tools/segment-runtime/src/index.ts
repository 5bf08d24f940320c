export { createFunctionHost, type FunctionHost } from './create-function-host';
export type { FunctionHostOptions } from './function-host-options';
export type { HandlerName } from './handler-name';
export type { Verdict } from './verdict';
