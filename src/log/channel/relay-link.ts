import type { Platform, Socket } from '../../platform.ts';
import { type Copy, unreceipted } from '../copy.ts';
import type { Signer } from '../event.ts';
import { createAlarm } from './alarm.ts';
import { nextDue, step } from './channel.ts';
import { type Link, newLink } from './channel-state.ts';
import type { Input, Output } from './channel-turn.ts';
import { fraction } from './fraction.ts';
import { createLane, parseFrame } from './lane.ts';
import { createLine } from './line.ts';
import { isSameView, type LinkView, viewOf } from './link-view.ts';
import { authEvent } from './nip42.ts';
import { createRelayReceipts } from './relay-receipts.ts';

export interface RelayLinkOptions {
  readonly org: string;
  readonly relay: string;
  readonly copy: Copy;
  readonly platform: Platform;
  readonly signer?: Signer | undefined;
  /** The device's secret key while it is unlocked. */
  readonly secretKey: () => Uint8Array | null;
  readonly onChange: () => void;
}

export interface RelayLink {
  view(): LinkView;
  take(input: Input): void;
}

/** Drives the core of one link with a real clock and a real socket. */
export function openRelayLink(options: RelayLinkOptions): RelayLink {
  const { org, relay, copy, platform, signer, secretKey, onChange } = options;
  let link: Link = newLink(org);
  const line = createLine({ org, relay, platform, secretKey });
  let socket: Socket | null = null;
  let connection = 0;
  let rejected = 0;
  const receipts = createRelayReceipts(copy, relay);
  let view = viewOf(relay, link, rejected);
  const alarm = createAlarm(platform, (jumped) => take({ type: jumped ? 'wake' : 'tick' }));
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
    alarm.set(nextDue(link));
    const seen = viewOf(relay, link, rejected, receipts.isDoubted());
    if (isSameView(seen, view)) return;
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
        receipts.note(output.ids);
        break;
      case 'lost':
        copy.receipts.drop(relay, copy.held.arrived(output.set));
        break;
      case 'compared':
        receipts.compared(output.set, output.upTo, output.lacking, link.refused);
    }
  }

  function sign(challenge: string): void {
    const key = secretKey();
    if (key === null) return;
    const event = authEvent(relay, challenge, platform.now(), key, signer);
    // After this step, not inside it: a step sees one input at a time.
    queueMicrotask(() => take({ type: 'signed', event }));
  }

  function connect(): void {
    disconnect();
    const mine = ++connection;
    const ifMine = (act: () => void) => {
      if (mine === connection) act();
    };
    socket = line.open({
      opened: (isLive) => ifMine(() => take({ type: 'opened', isLive })),
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
    const { valid, invalid } = await copy.ingest(values, 'relay');
    return () => {
      rejected += invalid.length;
      receipts.note(valid.map(({ id }) => id).filter((id) => copy.held.get(id) !== undefined));
      for (const event of valid) take({ type: 'event', subscription, event });
    };
  }

  return { view: () => view, take };
}
