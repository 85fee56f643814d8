/** What one relay allows (DESIGN §7). Bytes unless the name says otherwise. */
export interface Limits {
  /** A longer frame is answered with a refusal. */
  readonly frame: number;
  /** A longer frame cuts the connection: it is not even read. */
  readonly hardFrame: number;
  readonly filtersPerRequest: number;
  readonly subscriptions: number;
  /** Per address before AUTH, per device after. */
  readonly connections: number;
  /** Events of one answer to a REQ, and their bytes. */
  readonly answerEvents: number;
  readonly answer: number;
  /** Waiting to be sent, over all connections. */
  readonly outbound: number;
  /** Events that wait for their signature to be checked, over all connections. */
  readonly verifying: number;
  /** Events per second that refill a bucket, and how many it holds. */
  readonly unknownRate: number;
  readonly unknownBurst: number;
  readonly deviceRate: number;
  readonly deviceBurst: number;
  /** Body of POST /events. */
  readonly upload: number;
  /** Of one POST /ids. */
  readonly idsPerRequest: number;
  /** Milliseconds: until a client has said what it wants, until a silent one is pinged, and until that has no answer. */
  readonly handshakeMs: number;
  readonly pingAfterMs: number;
  readonly deadAfterMs: number;
}

export const LIMITS: Limits = {
  frame: 128 * 1024,
  hardFrame: 1024 * 1024,
  filtersPerRequest: 20,
  subscriptions: 50,
  connections: 20,
  answerEvents: 5_000,
  answer: 16 * 1024 * 1024,
  outbound: 64 * 1024 * 1024,
  verifying: 20_000,
  unknownRate: 100,
  unknownBurst: 2_000,
  deviceRate: 1_000,
  deviceBurst: 5_000,
  upload: 8 * 1024 * 1024,
  idsPerRequest: 500,
  handshakeMs: 5_000,
  pingAfterMs: 25_000,
  deadAfterMs: 10_000,
};
