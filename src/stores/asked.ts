import type { SignedEvent } from '../model/event.ts';
import { type LocalStorage, readLocal, writeLocal } from './local.ts';

const PLACE = 'lifeboat-join';

/** A request to be let in that nobody has answered yet: public words and a sealed event, so it may lie in clear. */
export interface Asked {
  /** The device key that it asks for. */
  readonly pubkey: string;
  /** To compare with the admin's. */
  readonly words: readonly string[];
  /** Kept whole, so that a browser that died before the log had it asks again. */
  readonly request: SignedEvent;
}

/** `null` forgets the request. */
export function keepAsked(local: LocalStorage, asked: Asked | null): void {
  writeLocal(local, PLACE, asked === null ? null : JSON.stringify(asked));
}

/** What this device key asked for; null when it asked for nothing, or was answered. */
export function readAsked(local: LocalStorage, pubkey: string): Asked | null {
  try {
    const asked: Asked | null = JSON.parse(readLocal(local, PLACE) ?? 'null');
    return asked?.pubkey === pubkey ? asked : null;
  } catch {
    return null; // Damaged: the device counts as one that was let in, and the roster decides what it may do.
  }
}
