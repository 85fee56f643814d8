import type { SignedEvent } from '../../model/event.ts';
import type { Held, SetName } from '../held.ts';
import { LIMIT } from './channel-limits.ts';
import type { Link } from './channel-state.ts';

/** One NIP-01 message, parsed. */
export type Frame = readonly unknown[];

export type Input =
  | { readonly type: 'tick' | 'heard' | 'wake' | 'roster' | 'close' }
  /** `isLive` (true where absent): events come by themselves, as over a WebSocket. */
  | { readonly type: 'opened'; readonly isLive?: boolean }
  | { readonly type: 'closed'; readonly reason: string }
  | { readonly type: 'frame'; readonly frame: Frame }
  /** A verified event that the relay sent under a subscription. */
  | { readonly type: 'event'; readonly subscription: string; readonly event: SignedEvent }
  | { readonly type: 'publish'; readonly ids: readonly string[] }
  | { readonly type: 'lock'; readonly unlocked: boolean }
  /** The signed answer to a challenge (kind 22242). */
  | { readonly type: 'signed'; readonly event: SignedEvent };

export type Output =
  | { readonly type: 'connect' | 'disconnect' }
  | { readonly type: 'send'; readonly frame: Frame }
  | { readonly type: 'sign'; readonly challenge: string }
  | { readonly type: 'stored'; readonly ids: readonly string[] }
  /** The relay lost events of a set that cannot be compared: all of them are sent again. */
  | { readonly type: 'lost'; readonly set: SetName }
  /** Of the first `upTo` events of the set, the relay lacks exactly these. */
  | { readonly type: 'compared'; readonly set: SetName; readonly upTo: number; readonly lacking: readonly string[] };

/** What a step may look at, and where it leaves what is to be done. */
export interface Turn {
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly held: Held;
  /** Held ids of the set that this relay is not known to hold. */
  readonly unreceipted: (set: SetName) => readonly string[];
  readonly outputs: Output[];
}

/** Sends a frame that the relay must answer, so that silence is noticed. */
export function ask(link: Link, frame: Frame, turn: Turn): Link {
  turn.outputs.push({ type: 'send', frame });
  return { ...link, answerBy: link.answerBy ?? turn.now + LIMIT.answer };
}

export function tell(link: Link, frame: Frame, turn: Turn): Link {
  turn.outputs.push({ type: 'send', frame });
  return link;
}
