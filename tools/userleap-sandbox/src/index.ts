export { startSandbox, type Sandbox } from './start-sandbox';
export type { SandboxOptions } from './sandbox-options';
export type { RecordedRequest } from './recorded-request';
export type { SandboxUser } from './sandbox-user';
export type { Fault, FaultMatch } from './fault';
