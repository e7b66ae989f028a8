import type { CONTRACT } from './contract.gen.ts';
import type { SENDING_CONTRACT } from './sending-contract.gen.ts';
/** An operation as API Gateway names its route, such as `GET /v1/health`. */
export type RouteKey = keyof Contract;

/** What every operation takes. */
export type Contract = typeof CONTRACT & typeof SENDING_CONTRACT;
