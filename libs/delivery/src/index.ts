export { deliverEvents } from './deliver-events';
export type { DeliveryPorts, UsersPort } from './delivery-ports';
export { Doubts } from './doubts';
export { previewEvent } from './preview-event';
export type { Preview, PreviewRequest } from './preview-event';
export { hashText } from './hash-text';
export type { Secret } from './hash-text';
export { mergeTold, readTold, writeTold } from './told-record';
export type { ToldRecord, ToldValue } from './told-record';
