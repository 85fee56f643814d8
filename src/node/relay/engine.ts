import { randomBytes } from 'node:crypto';
import type { SignedEvent } from '../../model/event.ts';
import type { Input, Output, RelayState } from './state.ts';
import { step } from './step.ts';
import { startVerifier } from './verifier.ts';

/** Where frames to one client go. */
interface Client extends Receiver {
  readonly address: string;
  /** Names under which the client may have reached us (NIP-42). */
  readonly hosts: readonly string[];
}

interface Receiver {
  send(text: string): void;
  close(reason: string): void;
}

/** Turns the pure relay: feeds it what happens, does what it asks for. */
export interface Engine {
  readonly state: RelayState;
  /** Takes a client in; the returned functions pass on its frames and its leaving. */
  connect(client: Client): { receive(text: string): void; leave(): void };
  /** Takes one event in over HTTP; resolves to the OK frame, after the commit. */
  post(value: unknown, address: string): Promise<string>;
  /** Resolves when everything that was taken in is answered, or after `deadline` milliseconds. */
  settle(deadline: number): Promise<void>;
  close(): Promise<void>;
}

export function startEngine(state: RelayState, now: () => number, onTrouble: (sentence: string) => void): Engine {
  const clients = new Map<number, Receiver>();
  let nextConnection = 1;
  let batch: SignedEvent[] = [];
  const verifier = startVerifier((verdicts) => {
    for (const { ticket, verified } of verdicts) {
      const asked = state.tickets.get(ticket);
      guard(
        () => feed({ type: 'verified', ticket, verified }),
        (reason) =>
          asked && clients.get(asked.connection)?.send(JSON.stringify(['OK', asked.id, false, `error: ${reason}`])),
      );
    }
  });

  /** A damaged database must not take the relay down: what can still be read is still served. */
  function guard(task: () => void, onError: (reason: string) => void): void {
    try {
      task();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onTrouble(`something could not be answered (${reason})`);
      onError(reason);
    }
  }

  function feed(input: Input): void {
    for (const output of step(state, input, now())) perform(output);
  }

  function perform(output: Output): void {
    switch (output.type) {
      case 'send':
        clients.get(output.connection)?.send(output.text);
        return;
      case 'verify':
        verifier.check({ ticket: output.ticket, event: output.event, org: output.org });
        return;
      case 'store':
        // Group commit: what is verified until the next turn of the loop shares one fsync.
        if (batch.length === 0) setImmediate(commit);
        batch.push(output.event);
        return;
      case 'close':
        clients.get(output.connection)?.close(output.reason);
        return;
    }
  }

  function commit(): void {
    const events = batch;
    batch = [];
    let results: Extract<Input, { type: 'stored' }>['results'];
    try {
      const outcomes = state.shelf.put(events);
      results = events.map((event, at) => ({ event, outcome: outcomes[at] ?? 'duplicate' }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onTrouble(`${events.length} events could not be stored (${reason}); their senders will try again`);
      feed({ type: 'not-stored', events, reason });
      return;
    }
    feed({ type: 'stored', results });
  }

  return {
    state,
    connect(client) {
      const connection = nextConnection++;
      clients.set(connection, client);
      const challenge = randomBytes(16).toString('hex');
      feed({ type: 'opened', connection, address: client.address, challenge, hosts: client.hosts });
      return {
        receive(text) {
          guard(
            () => feed({ type: 'frame', connection, text }),
            (reason) => client.send(JSON.stringify(['NOTICE', `error: ${reason}`])),
          );
        },
        leave() {
          clients.delete(connection);
          feed({ type: 'closed', connection });
        },
      };
    },
    post(value, address) {
      const connection = nextConnection++;
      return new Promise((resolve) => {
        const send = (text: string) => {
          clients.delete(connection);
          resolve(text);
        };
        clients.set(connection, { send, close: () => undefined });
        feed({ type: 'posted', connection, address, value });
      });
    },
    async settle(deadline) {
      const end = performance.now() + deadline;
      while ((state.tickets.size > 0 || state.storing.size > 0) && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: () => verifier.close(),
  };
}
