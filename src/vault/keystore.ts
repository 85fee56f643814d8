import type { Platform } from '../platform.ts';
import { type KeptKey, keyText, type Reading, readKeyText } from './key-text.ts';
import { openByPassphrase, openByPrf, type PrfKey, prfQuestion, sealByPassphrase, sealByPrf } from './sealed-key.ts';

/** One place that keeps a short text on this device. Both may throw. */
export interface KeyStorage {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

type Unlocked =
  | { readonly type: 'ok'; readonly secret: Uint8Array }
  /** No device key was ever kept here. */
  | { readonly type: 'none' }
  /** What was given does not open what is kept: another passphrase, or another credential's output. */
  | { readonly type: 'wrong' }
  /** There is something, and it is no device key, or the storage cannot be read. */
  | { readonly type: 'damaged'; readonly reason: string };

type Kept =
  /** `prf`: what to ask of the screen lock; null where only the passphrase opens the key. */
  | { readonly type: 'kept'; readonly prf: Omit<PrfKey, 'output'> | null }
  | { readonly type: 'none' }
  | { readonly type: 'damaged'; readonly reason: string };

/**
 * A device key at rest: sealed by a passphrase, and beside it by a screen lock where there is one; kept in two kinds of
 * storage, unlocked with no network. Nothing is ever wiped, and the passphrase always stays.
 */
export interface Keystore {
  /** What is kept here, told without a passphrase. */
  look(): Promise<Kept>;
  unlock(passphrase: string): Promise<Unlocked>;
  unlockByPrf(output: Uint8Array): Promise<Unlocked>;
  /** Seals and keeps; resolves when at least one storage holds it, else rejects with one sentence. */
  save(secret: Uint8Array, passphrase: string, prf?: PrfKey): Promise<void>;
  /** Adds the second seal, or replaces it; rejects with one sentence where there is no first one. */
  addPrf(secret: Uint8Array, prf: PrfKey): Promise<void>;
  /** Puts the sealed key that was opened or saved last back where a storage was emptied meanwhile. */
  mend(): Promise<void>;
}

export function openKeystore(storages: readonly KeyStorage[], platform: Pick<Platform, 'random'>): Keystore {
  const readAll = () => Promise.all(storages.map(readOne));
  let last: KeptKey | null = null;

  async function open(openOne: (kept: KeptKey) => Promise<Uint8Array | undefined>): Promise<Unlocked> {
    const readings = await readAll();
    const kept = newest(readings);
    for (const one of kept) {
      const secret = await openOne(one);
      if (secret === undefined) continue;
      last = one;
      await heal(storages, readings, one);
      return { type: 'ok', secret };
    }
    if (kept.length > 0) return { type: 'wrong' };
    return readings.find((reading) => reading.type === 'damaged') ?? { type: 'none' };
  }

  async function keep(kept: KeptKey): Promise<void> {
    const results = await Promise.allSettled(storages.map((storage) => storage.write(keyText(kept))));
    if (!results.some(({ status }) => status === 'fulfilled')) {
      throw new Error('The key could not be kept on this device: its storage refuses to write.');
    }
    last = kept;
  }

  return {
    look: async () => {
      const readings = await readAll();
      const [kept] = newest(readings);
      if (kept !== undefined) return { type: 'kept', prf: kept.prf && prfQuestion(kept.prf.record) };
      return readings.find((reading) => reading.type === 'damaged') ?? { type: 'none' };
    },
    unlock: (passphrase) => open((kept) => openByPassphrase(kept.passphrase.record, passphrase)),
    unlockByPrf: (output) => open(async ({ prf }) => (prf === null ? undefined : openByPrf(prf.record, output))),
    save: async (secret, passphrase, prf) => {
      const counter = (newest(await readAll())[0]?.counter ?? 0) + 1;
      await keep({
        counter,
        passphrase: await sealByPassphrase(secret, passphrase, counter, platform),
        prf: prf === undefined ? null : await sealByPrf(secret, prf, counter, platform),
      });
    },
    addPrf: async (secret, prf) => {
      const kept = last ?? newest(await readAll())[0];
      if (kept === undefined) throw new Error('No key is kept on this device yet: choose a passphrase first.');
      const counter = kept.counter + 1;
      await keep({ counter, passphrase: kept.passphrase, prf: await sealByPrf(secret, prf, counter, platform) });
    },
    mend: async () => {
      if (last !== null) await heal(storages, await readAll(), last);
    },
  };
}

async function readOne(storage: KeyStorage): Promise<Reading> {
  try {
    return readKeyText(await storage.read());
  } catch (error) {
    return { type: 'damaged', reason: `The storage of this device cannot be read (${String(error)}).` };
  }
}

/** The copies with the highest counter: an older one, with a passphrase that was given up, opens nothing any more. */
function newest(readings: readonly Reading[]): readonly KeptKey[] {
  const kept = readings.flatMap((reading) => (reading.type === 'kept' ? [reading.kept] : []));
  const counter = Math.max(...kept.map((one) => one.counter));
  return kept.filter((one) => one.counter === counter);
}

/** Brings back what one storage lost: what just opened is written to every storage that holds something older or nothing. */
async function heal(storages: readonly KeyStorage[], readings: readonly Reading[], opened: KeptKey): Promise<void> {
  const text = keyText(opened);
  const stale = storages.filter((_, i) => {
    const reading = readings[i];
    return reading?.type === 'empty' || (reading?.type === 'kept' && reading.kept.counter < opened.counter);
  });
  // A storage that refuses is one copy less, no reason to keep the person out.
  await Promise.allSettled(stale.map((storage) => storage.write(text)));
}
