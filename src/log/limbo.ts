import { KIND, type SignedEvent } from '../model/event.ts';
import { everNamed } from '../model/statements.ts';

/** Room for what nobody has vouched for yet, on one device. */
export const LIMBO = { events: 10_000, bytes: 16 * 2 ** 20 } as const;

/**
 * Verified events from relays whose author no roster names: kept in memory alone, neither shown, sent on nor counted,
 * and judged again whenever a roster comes. When the room is full the oldest arrival gives way; statements have room of
 * their own, since one of them may be what names all the others.
 */
export interface Limbo {
  /** The events that may come in now: those of named authors, and what waited for a roster among `events`. */
  sieve(events: readonly SignedEvent[]): readonly SignedEvent[];
  readonly size: number;
}

/** `statements` are the 3911 events that this device holds, asked for anew each time. */
export function createLimbo(root: string, statements: () => readonly SignedEvent[]): Limbo {
  const rooms = { statements: createRoom(), others: createRoom() };
  let named: ReadonlySet<string> = new Set([root]);
  let known = -1;

  function learn(fresh: readonly SignedEvent[]): boolean {
    const held = statements();
    if (fresh.length === 0 && held.length === known) return false;
    known = held.length;
    // Who was named once stays so: another relay's statement may be on its way to the store.
    named = new Set([...named, ...everNamed([...held, ...rooms.statements.all(), ...fresh], root)]);
    return true;
  }

  return {
    sieve: (events) => {
      const isNamed = ({ pubkey }: SignedEvent) => named.has(pubkey);
      const released = learn(events.filter(isStatement))
        ? [...rooms.statements.release(isNamed), ...rooms.others.release(isNamed)]
        : [];
      for (const event of events) if (!isNamed(event)) rooms[isStatement(event) ? 'statements' : 'others'].enter(event);
      return [...released, ...events.filter(isNamed)];
    },
    get size() {
      return rooms.statements.all().length + rooms.others.all().length;
    },
  };
}

function isStatement({ kind }: SignedEvent): boolean {
  return kind === KIND.roster;
}

function createRoom() {
  const waiting = new Map<string, SignedEvent>();
  let bytes = 0;
  const weight = (event: SignedEvent) => JSON.stringify(event).length;

  function leave(event: SignedEvent): void {
    if (waiting.delete(event.id)) bytes -= weight(event);
  }

  return {
    all: () => [...waiting.values()],
    enter: (event: SignedEvent) => {
      if (waiting.has(event.id)) return;
      waiting.set(event.id, event);
      bytes += weight(event);
      for (const oldest of waiting.values()) {
        if (waiting.size <= LIMBO.events && bytes <= LIMBO.bytes) break;
        leave(oldest);
      }
    },
    release: (may: (event: SignedEvent) => boolean) => {
      const released = [...waiting.values()].filter(may);
      released.forEach(leave);
      return released;
    },
  };
}
