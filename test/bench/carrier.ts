import type { SignedEvent } from '../../src/model/event.ts';
import type { Server } from './process.ts';

/** A server that takes messages and hands them on, ours or another, so that all do the same work. */
export interface Carrier {
  readonly name: string;
  /** What its acceptance is worth. */
  readonly promise: string;
  readonly isInstalled: boolean;
  /** `folder` is empty, and for its files. */
  start(folder: string): Promise<RunningCarrier>;
}

export interface RunningCarrier {
  /** The `n`th writer's connection. */
  publisher(n: number): Promise<Publisher>;
  /** The `n`th reader's connection, listening when this resolves; `hear` is called for each message. */
  subscribe(n: number, hear: () => void): Promise<void>;
  /** The server's process. */
  readonly server: Server;
  stop(): Promise<void>;
}

export interface Publisher {
  /** Calls back when the server has accepted it; throws when it refuses. */
  publish(message: Message, accepted: () => void): void;
}

/** An event, made into text before the clock starts. */
export interface Message {
  readonly id: string;
  readonly json: string;
}

export function messageOf(event: SignedEvent): Message {
  return { id: event.id, json: JSON.stringify(event) };
}

/** Publishes all with at most `window` unanswered; resolves when the last is accepted. */
export function publishAll(publisher: Publisher, messages: readonly Message[], window: number): Promise<void> {
  return new Promise((resolve) => {
    let sent = 0;
    let accepted = 0;
    const next = () => {
      const message = messages[sent++];
      if (message === undefined) return;
      publisher.publish(message, () => {
        accepted++;
        if (accepted === messages.length) resolve();
        else next();
      });
    };
    for (let n = 0; n < window; n++) next();
  });
}
