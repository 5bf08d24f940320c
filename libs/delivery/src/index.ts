export { deliverEvents } from './deliver-events';
export type { DeliveryPorts, KnownUsersPort } from './delivery-ports';
