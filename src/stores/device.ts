import { atom } from 'nanostores';

/** The unlocked key of this device: in memory only, gone on lock. */
export interface Device {
  readonly pubkey: string;
  /** 32 bytes; never leaves this page. */
  readonly secret: Uint8Array;
}

export const $device = atom<Device | null>(null);
