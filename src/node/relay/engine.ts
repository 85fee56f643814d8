import { randomBytes } from 'node:crypto';
import type { SignedEvent } from '../../model/event.ts';
import { isBroken, isFull } from './shelf-error.ts';
import { type Input, type Output, type RelayState, readShelf } from './state.ts';
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
  /** Takes one event in over HTTP, or one proof (NIP-98); resolves to the OK frame: after the commit, or the check. */
  post(type: 'posted' | 'shown', value: unknown, address: string): Promise<string>;
  /** Opens the shelf anew if `cause` shows that it is broken; everything that reads or writes it calls this with what it caught. */
  recover(cause: unknown): void;
  /** Does so where the shelf's files were removed, replaced or cut short. */
  keepFiles(): void;
  /** Resolves when everything that was taken in is answered, or after `deadline` milliseconds. */
  settle(deadline: number): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Hears one plain sentence of each trouble that the relay survives. */
  readonly onTrouble: (sentence: string) => void;
  /** Hears the sentence of the one that it does not. */
  readonly onEnd: (sentence: string) => void;
}

export function startEngine(state: RelayState, { now, onTrouble, onEnd }: EngineOptions): Engine {
  const clients = new Map<number, Receiver>();
  let nextConnection = 1;
  let batch: SignedEvent[] = [];
  const verifier = startVerifier((verdicts) => {
    keepFiles();
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
      recover(error);
    }
  }

  /** What is answered from a file that somebody took away ("duplicate") would not be there at the next start. */
  function keepFiles(): void {
    try {
      state.shelf.check();
    } catch (error) {
      state.trouble = error instanceof Error ? error.message : String(error);
      recover(error);
    }
  }

  /** No handle may be trusted after a failed write or a damaged page: it might acknowledge what is nowhere. */
  function recover(cause: unknown): void {
    if (!isBroken(cause)) return;
    try {
      state.shelf.reopen();
      state.reopened++;
      readShelf(state);
      onTrouble('the database was opened again and checked, and the relay goes on');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onEnd(`The relay's database cannot be used any more (${reason}); see to the disk, then start the relay again.`);
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
      feed({ type: 'not-stored', events, reason: isFull(error) ? 'the storage is full' : reason });
      recover(error);
      return;
    }
    feed({ type: 'stored', results });
  }

  return {
    state,
    recover,
    keepFiles,
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
    post(type, value, address) {
      const connection = nextConnection++;
      return new Promise((resolve) => {
        const send = (text: string) => {
          clients.delete(connection);
          resolve(text);
        };
        clients.set(connection, { send, close: () => undefined });
        feed({ type, connection, address, value });
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
