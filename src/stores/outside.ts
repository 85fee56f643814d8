import type { UploadTurn } from '../log/channel/upload-turn.ts';
import type { Verify } from '../log/check.ts';
import type { LogStore } from '../log/store/store.ts';
import type { Platform } from '../platform.ts';
import type { DeviceStorage } from './lasting.ts';
import type { LocalStorage } from './local.ts';
import type { FileCache } from './vault-files.ts';

/** `wrong`: what was given does not fit. `broken`: what is stored cannot be read. Neither deletes anything. */
export type Opened =
  | { readonly type: 'ok'; readonly secret: Uint8Array }
  | { readonly type: 'wrong' | 'broken' }
  /** The screen lock gave nothing: refused by the person, or its credential is gone. */
  | { readonly type: 'refused' };

/** The device key at rest. */
export interface Keys {
  look(): Promise<'kept' | 'none' | 'damaged'>;
  /** Whether the screen lock opens the key too, or could be made to. */
  screenLock(): Promise<'kept' | 'offered' | 'none'>;
  open(passphrase: string): Promise<Opened>;
  openByScreenLock(): Promise<Opened>;
  /** Resolves once the wrapped key is stored; with a `name`, the screen lock opens it too where the person lets it. */
  keep(secret: Uint8Array, passphrase: string, name: string | null): Promise<void>;
  /** Lets the screen lock open the key too; false where the person or the device refused. */
  addScreenLock(secret: Uint8Array, name: string): Promise<boolean>;
  /** Brings the wrapped key back where storage was emptied under the open page. */
  mend(): Promise<void>;
}

/** Everything that the bridge takes from its surroundings: a browser, or a test. */
export interface Outside {
  readonly platform: Platform;
  /** This device's copy of the log. */
  readonly store: LogStore;
  /** A check of signatures that leaves the page free; default: on the page itself. */
  readonly verify?: Verify;
  /** Agreement with other tabs on who uploads; default: this one. */
  readonly uploadTurn?: UploadTurn;
  /** What the browser says about its storage; default: nothing. */
  readonly storage?: DeviceStorage;
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
