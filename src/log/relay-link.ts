import { isAddressable } from '../model/event.ts';
import type { Platform, Socket } from '../platform.ts';
import { isSynced, nextDue, step } from './channel.ts';
import { type Frame, type Input, type Link, newLink, type Output } from './channel-state.ts';
import { type Copy, unreceipted } from './copy.ts';
import { createLane } from './lane.ts';
import { authEvent } from './nip42.ts';

/** A relay as a page may show it. */
export interface LinkView {
  readonly relay: string;
  readonly state: 'connecting' | 'open' | 'waiting';
  /** Both sides held the same at the last comparison, and nothing waits to be sent. */
  readonly synced: boolean;
  /** Why the last connection ended; null while it is heard. */
  readonly reason: string | null;
  /** Events that this relay will never take, with its own words. */
  readonly refused: ReadonlyMap<string, string>;
  /** How many events came from it that do not verify. */
  readonly rejected: number;
}

export interface RelayLinkOptions {
  readonly org: string;
  readonly relay: string;
  readonly copy: Copy;
  readonly platform: Platform;
  /** The device's secret key while it is unlocked. */
  readonly secretKey: () => Uint8Array | null;
  readonly onChange: () => void;
}

export interface RelayLink {
  view(): LinkView;
  take(input: Input): void;
}

/** Timers that come this late mean that the machine slept. */
const SLEPT_MS = 5_000;

/** Drives the core of one link with a real clock and a real socket. */
export function openRelayLink(options: RelayLinkOptions): RelayLink {
  const { org, relay, copy, platform, secretKey, onChange } = options;
  let link: Link = newLink(org);
  let socket: Socket | null = null;
  let connection = 0;
  let rejected = 0;
  let view = look();
  let timer = { at: Infinity, cancel: () => {} };
  const lane = createLane({ ingest, frame: (frame) => take({ type: 'frame', frame }) });

  function take(input: Input): void {
    const next = step(link, input, {
      now: platform.now(),
      random: () => fraction(platform),
      held: copy.held,
      unreceipted: (set) => unreceipted(copy, relay, set),
    });
    link = next.link;
    for (const output of next.outputs) perform(output);
    schedule();
    const seen = look();
    if (isSame(seen, view)) return;
    view = seen;
    onChange();
  }

  function perform(output: Output): void {
    switch (output.type) {
      case 'connect':
        connect();
        break;
      case 'disconnect':
        disconnect();
        break;
      case 'send':
        socket?.send(JSON.stringify(output.frame));
        break;
      case 'sign':
        sign(output.challenge);
        break;
      case 'stored':
        note(output.ids);
        break;
      case 'compared': {
        const lacking = new Set(output.lacking);
        const compared = copy.held.arrived(output.set).slice(0, output.upTo);
        note(compared.filter((id) => !lacking.has(id)));
        copy.receipts.drop(relay, output.lacking);
      }
    }
  }

  /** Receipts are for the log; addressable events are hints. */
  function note(ids: readonly string[]): void {
    copy.receipts.add(
      relay,
      ids.filter((id) => !isAddressable(copy.held.get(id)?.kind ?? 0)),
    );
  }

  function sign(challenge: string): void {
    const key = secretKey();
    if (key === null) return;
    const event = authEvent(relay, challenge, platform.now(), key);
    // After this step, not inside it: a step sees one input at a time.
    queueMicrotask(() => take({ type: 'signed', event }));
  }

  function connect(): void {
    disconnect();
    const mine = ++connection;
    const ifMine = (act: () => void) => {
      if (mine === connection) act();
    };
    socket = platform.socket(relay, {
      opened: () => ifMine(() => take({ type: 'opened' })),
      message: (text) => ifMine(() => hear(text)),
      closed: (reason) => ifMine(() => take({ type: 'closed', reason })),
    });
  }

  function disconnect(): void {
    connection++;
    lane.clear();
    socket?.close();
    socket = null;
  }

  function hear(text: string): void {
    take({ type: 'heard' });
    const frame = parseFrame(text);
    // EOSE and CLOSED must not overtake the events before them; an OK must not wait behind a thousand signature checks.
    if (['EVENT', 'EOSE', 'CLOSED'].includes(String(frame[0]))) lane.push(frame);
    else take({ type: 'frame', frame });
  }

  async function ingest(subscription: string, values: readonly unknown[]): Promise<() => void> {
    const { valid, invalid } = await copy.ingest(values);
    return () => {
      rejected += invalid.length;
      note(valid.map(({ id }) => id));
      for (const event of valid) take({ type: 'event', subscription, event });
    };
  }

  function schedule(): void {
    const at = nextDue(link);
    // A timer that comes too early costs one empty step; setting it anew for each message would cost more.
    if (at >= timer.at && at !== Infinity) return;
    timer.cancel();
    const cancel = at === Infinity ? () => {} : platform.after(Math.max(0, at - platform.now()), () => ring(at));
    timer = { at, cancel };
  }

  function ring(at: number): void {
    timer = { at: Infinity, cancel: () => {} };
    take({ type: platform.now() > at + SLEPT_MS ? 'wake' : 'tick' });
  }

  function look(): LinkView {
    const { phase, reason, refused } = link;
    return { relay, state: phase === 'closed' ? 'waiting' : phase, synced: isSynced(link), reason, refused, rejected };
  }

  return { view: () => view, take };
}

/** Text that is no frame is an empty one: it shows that the relay lives, and says nothing. */
function parseFrame(text: string): Frame {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function fraction(platform: Platform): number {
  const [a = 0, b = 0, c = 0] = platform.random(3);
  return (a * 65_536 + b * 256 + c) / 2 ** 24;
}

function isSame(a: LinkView, b: LinkView): boolean {
  return (
    a.state === b.state &&
    a.synced === b.synced &&
    a.reason === b.reason &&
    a.refused === b.refused &&
    a.rejected === b.rejected
  );
}
