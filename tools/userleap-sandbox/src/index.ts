export { startSandbox, type Sandbox } from './start-sandbox';
export { sandboxInProcess, type SandboxInProcess } from './sandbox-in-process';
export type { SandboxOptions } from './sandbox-options';
export type { RecordedRequest } from './recorded-request';
export type { SandboxUser } from './sandbox-user';
export type { Fault, FaultMatch } from './fault';
