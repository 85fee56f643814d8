import { atom } from 'nanostores';

/** How much of the vault lies on this device. */
export interface VaultState {
  /** Whether the list of documents is here. */
  readonly listed: boolean;
  readonly held: number;
  readonly all: number;
  readonly doing: 'nothing' | 'fetching' | 'waiting';
  /** Files that were damaged and are fetched again. */
  readonly damaged: number;
}

/** While locked, and until the list of documents is here. */
export const NO_VAULT: VaultState = { listed: false, held: 0, all: 0, doing: 'nothing', damaged: 0 };

export const $vault = atom<VaultState>(NO_VAULT);
