export { deliverEvents } from './deliver-events';
export type { DeliveryPorts, KnownUsersPort } from './delivery-ports';
export { Doubts } from './doubts';
export { previewEvent } from './preview-event';
export type { Preview, PreviewRequest } from './preview-event';
