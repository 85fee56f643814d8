import type { WebSocket } from 'ws';

/** Counts the bytes that wait in all sockets; over the limit, the slowest reader is let go. */
export class Outbound {
  readonly #limit: number;
  readonly #waiting = new Map<WebSocket, number>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  send(socket: WebSocket, text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    const bytes = Buffer.byteLength(text);
    this.#add(socket, bytes);
    // On an error the socket closes too, and `forget` takes the rest back.
    socket.send(text, () => this.#add(socket, -bytes));
    while (this.#total > this.#limit) this.#dropSlowest();
  }

  forget(socket: WebSocket): void {
    this.#total -= this.#waiting.get(socket) ?? 0;
    this.#waiting.delete(socket);
  }

  #add(socket: WebSocket, bytes: number): void {
    const held = this.#waiting.get(socket);
    // A callback after `forget` has nothing left to take back.
    if (held === undefined && bytes < 0) return;
    this.#waiting.set(socket, (held ?? 0) + bytes);
    this.#total += bytes;
  }

  #dropSlowest(): void {
    const [slowest] = [...this.#waiting].sort((a, b) => b[1] - a[1]);
    if (slowest === undefined) return;
    this.forget(slowest[0]);
    slowest[0].terminate();
  }
}
