import type { LogStore } from '../log/store.ts';
import type { Platform } from '../platform.ts';
import type { LocalStorage } from './local.ts';
import type { FileCache } from './vault-files.ts';

/** The device key at rest. */
export interface Keys {
  look(): Promise<'kept' | 'none' | 'damaged'>;
  /** `wrong`: the passphrase does not fit. `broken`: what is stored cannot be read. Neither deletes anything. */
  open(
    passphrase: string,
  ): Promise<{ readonly type: 'ok'; readonly secret: Uint8Array } | { readonly type: 'wrong' | 'broken' }>;
  /** Resolves once the wrapped key is stored. */
  keep(secret: Uint8Array, passphrase: string): Promise<void>;
  /** Brings the wrapped key back where storage was emptied under the open page. */
  mend(): Promise<void>;
}

/** Everything that the bridge takes from its surroundings: a browser, or a test. */
export interface Outside {
  readonly platform: Platform;
  /** This device's copy of the log. */
  readonly store: LogStore;
  readonly keys: Keys;
  readonly local: LocalStorage;
  /** The sealed vault files on this device. */
  readonly files: FileCache;
  /** Where the site is served from, without a slash at its end. */
  readonly origin: string;
}

let current: Outside | null = null;

export function setOutside(outside: Outside): void {
  current = outside;
}

/** Throws before `startBridge`: a component that calls this so early is a mistake of ours. */
export function outside(): Outside {
  if (current === null) throw new Error('The bridge has not been started yet.');
  return current;
}
