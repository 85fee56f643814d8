import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { signEvent } from '../../../src/log/event.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import type { Device } from './organisation.ts';

type Frame = readonly unknown[];

/** A WebSocket that remembers every frame, and waits for those that a test wants. */
export class Client {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;
  readonly #url: string;

  private constructor(socket: WebSocket, url: string) {
    this.#socket = socket;
    this.#url = url;
    socket.on('message', (data) => this.frames.push(JSON.parse(data.toString()) as Frame));
    socket.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Client> {
    const socket = new WebSocket(url, { headers });
    const client = new Client(socket, url);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  say(...frame: Frame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  sayText(text: string): void {
    this.#socket.send(text);
  }

  /** The first frame that begins with these parts and was not waited for before. */
  async next(...parts: Frame): Promise<Frame> {
    const at = await vi.waitFor(
      () => {
        const found = this.frames.findIndex((frame) => parts.every((part, i) => frame[i] === part));
        if (found < 0)
          throw new Error(`No ${JSON.stringify(parts)} among ${JSON.stringify(this.frames).slice(0, 500)}`);
        return found;
      },
      { timeout: 15_000, interval: 2 },
    );
    return this.frames.splice(at, 1)[0] ?? [];
  }

  /** [accepted, message] */
  async publish(event: SignedEvent): Promise<readonly [boolean, string]> {
    this.say('EVENT', event);
    const [, , accepted, message] = await this.next('OK', event.id);
    return [accepted === true, String(message)];
  }

  /** What is stored, in the order given; the frame CLOSED as a sentence. */
  async fetch(...filters: object[]): Promise<readonly SignedEvent[] | string> {
    const name = `fetch-${Math.trunc(performance.now() * 1000)}`;
    this.say('REQ', name, ...filters);
    const end = await vi.waitFor(
      () => {
        const found = this.frames.find((frame) => ['EOSE', 'CLOSED'].includes(String(frame[0])) && frame[1] === name);
        if (found === undefined) throw new Error('no EOSE yet');
        return found;
      },
      { timeout: 15_000, interval: 2 },
    );
    this.say('CLOSE', name);
    if (end[0] === 'CLOSED') return String(end[2]);
    return this.frames
      .filter((frame) => frame[0] === 'EVENT' && frame[1] === name)
      .map((frame) => frame[2] as SignedEvent);
  }

  async authenticate({ secret }: Device, relay = this.#url, created_at = Math.trunc(Date.now() / 1000)) {
    const [, challenge] = this.frames.find((frame) => frame[0] === 'AUTH') ?? (await this.next('AUTH'));
    const tags = [
      ['relay', relay],
      ['challenge', String(challenge)],
    ];
    const proof = signEvent({ kind: 22_242, content: '', created_at, tags }, secret);
    this.say('AUTH', proof);
    const [, , accepted, message] = await this.next('OK', proof.id);
    return [accepted === true, String(message)] as const;
  }

  /** Reads nothing any more, not even a ping. */
  freeze(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.terminate();
  }
}
