import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';

/** Who may call this relay, and by which name. */
export interface Callers {
  /** Proxies whose X-Forwarded-For is believed. */
  readonly behind: BlockList;
  /** Allowed values of Origin; empty allows all. A missing Origin (a program, not a page) is always allowed. */
  readonly origins: readonly string[];
  /** Names of this relay in proofs (NIP-42, NIP-98); empty: whatever name the client used. */
  readonly hosts: readonly string[];
}

export function mayCall({ headers: { origin } }: IncomingMessage, { origins }: Callers): boolean {
  return origin === undefined || origins.length === 0 || origins.includes(origin);
}

export function hostsOf(request: IncomingMessage, { hosts }: Callers): readonly string[] {
  return hosts.length > 0 ? hosts : [request.headers.host ?? ''];
}
