import type { Frame } from './channel-turn.ts';

/** Frames of one relay that must keep their order: what ends a subscription waits until its events are verified and stored. */
export interface Lane {
  push(frame: Frame): void;
  /** Forgets what waits: the connection is gone. */
  clear(): void;
}

export interface LaneOptions {
  /** Verifies and stores events of one subscription; what it returns is called if the connection is still the same. */
  readonly ingest: (subscription: string, values: readonly unknown[]) => Promise<() => void>;
  readonly frame: (frame: Frame) => void;
}

const GROUP = 100;

export function createLane({ ingest, frame }: LaneOptions): Lane {
  let waiting: Frame[] = [];
  let draining = false;

  /** The events at the head that belong to one subscription, at most a group of them. */
  function takeGroup(): readonly Frame[] {
    const end = waiting.findIndex((next) => next[0] !== 'EVENT' || next[1] !== waiting[0]?.[1]);
    return waiting.splice(0, Math.min(end === -1 ? waiting.length : end, GROUP));
  }

  async function drain(): Promise<void> {
    draining = true;
    while (waiting.length > 0) {
      const lane = waiting;
      const group = takeGroup();
      if (group.length === 0) {
        const next = waiting.shift();
        if (next !== undefined) frame(next);
        continue;
      }
      const done = await ingest(
        String(group[0]?.[1]),
        group.map((event) => event[2]),
      );
      if (lane === waiting) done();
    }
    draining = false;
  }

  return {
    push: (next) => {
      waiting.push(next);
      if (!draining) void drain();
    },
    clear: () => {
      waiting = [];
    },
  };
}

/** Text that is no frame is an empty one: it shows that the relay lives, and says nothing. */
export function parseFrame(text: string): Frame {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
