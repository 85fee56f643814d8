/** What the outside gives to the log, the vault and the stores: given by the browser, by Node, by tests. */
export interface Platform {
  /** Unix milliseconds. */
  now(): number;
  /** Cryptographically secure bytes. */
  random(bytes: number): Uint8Array;
  fetch(input: string, init?: RequestInit): Promise<Response>;
  /** Opens a WebSocket; never throws, reports failure through `closed`. */
  socket(url: string, handlers: SocketHandlers): Socket;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

export interface SocketHandlers {
  opened(): void;
  message(text: string): void;
  /** Called exactly once, also when the connection never opened. */
  closed(reason: string): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
  /** Bytes queued and not yet handed to the network. */
  readonly buffered: number;
}
