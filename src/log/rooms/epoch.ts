import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { canonical, parseCanonical } from '../../model/canonical.ts';
import type { RoomCut } from '../../model/cuts.ts';
import { type SignedEvent, tagValue } from '../../model/event.ts';
import type { Platform } from '../../platform.ts';
import { publicKeyOf } from '../event.ts';
import { type sealer, secretFromHex, unseal } from './seal.ts';

export type Purpose = 'room' | 'vault';

/** A room's key for a while: its public key is its name `k`. */
export interface Epoch {
  readonly k: string;
  readonly secret: Uint8Array;
}

/** What one wrap holds. */
interface Wrapped {
  readonly purpose: Purpose;
  readonly name: string;
}

/** What a 3912 gives to this device. */
export interface OpenedKey extends Wrapped {
  readonly epoch: Epoch;
  readonly older: readonly Epoch[];
}

const hex64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const keyContent = v.object({ v: v.literal(1), wraps: v.record(hex64, v.string()), older: v.nullable(v.string()) });
const wrapContent = v.object({
  v: v.literal(1),
  secret: hex64,
  purpose: v.picklist(['room', 'vault']),
  name: v.string(),
});
const olderContent = v.record(hex64, hex64);

/** More wraps than this do not fit into one event of 64 KiB beside the older secrets; the rest goes into a further 3912. */
const WRAPS_PER_EVENT = 150;

export interface KeyDraft extends Wrapped {
  readonly epoch: Epoch;
  /** Device keys that are to read. */
  readonly readers: readonly string[];
  readonly older: readonly Epoch[];
  readonly cuts: readonly RoomCut[];
}

/**
 * Contents of the 3912 events that wrap one epoch to `readers`; `sealTo` seals by the device that writes them. A reader
 * whose key cannot be sealed to is left out.
 */
export function keyContents(draft: KeyDraft, sealTo: ReturnType<typeof sealer>): readonly string[] {
  const { epoch, purpose, name } = draft;
  const text = canonical({ v: 1, secret: bytesToHex(epoch.secret), purpose, name });
  const secrets = Object.fromEntries(draft.older.map(({ k, secret }) => [k, bytesToHex(secret)]));
  const older = draft.older.length === 0 ? null : (sealTo(canonical(secrets), epoch.k) ?? null);
  const wraps = draft.readers.flatMap((publicKey) => {
    const wrap = sealTo(text, publicKey);
    return wrap === undefined ? [] : [[publicKey, wrap] as const];
  });
  const contents: string[] = [];
  for (let from = 0; from < wraps.length; from += WRAPS_PER_EVENT) {
    const some = Object.fromEntries(wraps.slice(from, from + WRAPS_PER_EVENT));
    contents.push(canonical({ v: 1, wraps: some, older, cuts: draft.cuts }));
  }
  return contents;
}

/** What anybody can read of a 3912. */
export interface KeyOutline {
  /** Device keys to which it wraps its epoch. */
  readonly wrapped: readonly string[];
  /** It begins a room: it follows no epoch, and is wrapped to its own author too, as no wrap for a newcomer is. */
  readonly isFirst: boolean;
}

export function outlineOf({ content, pubkey }: SignedEvent): KeyOutline {
  const parsed = v.safeParse(keyContent, parseCanonical(content));
  if (!parsed.success) return { wrapped: [], isFirst: false };
  const { wraps, older } = parsed.output;
  return { wrapped: Object.keys(wraps), isFirst: older === null && wraps[pubkey] !== undefined };
}

/** What a 3912 gives to the device, or undefined where it holds no wrap for it whose secret really gives the epoch's `k`. */
export function openKey(event: SignedEvent, deviceSecret: Uint8Array, devicePublicKey: string): OpenedKey | undefined {
  const content = v.safeParse(keyContent, parseCanonical(event.content));
  const wrap = content.success ? content.output.wraps[devicePublicKey] : undefined;
  if (!content.success || wrap === undefined) return undefined;
  const wrapped = parse(wrapContent, unseal(wrap, { secret: deviceSecret, publicKey: event.pubkey }));
  const epoch = wrapped === undefined ? undefined : epochOf(wrapped.secret, tagValue(event, 'k') ?? '');
  if (wrapped === undefined || epoch === undefined) return undefined;
  const { older } = content.output;
  const secrets =
    older === null ? {} : parse(olderContent, unseal(older, { secret: epoch.secret, publicKey: event.pubkey }));
  const olderEpochs = Object.entries(secrets ?? {}).flatMap(([k, secret]) => epochOf(secret, k) ?? []);
  return { epoch, older: olderEpochs, purpose: wrapped.purpose, name: wrapped.name };
}

/** A fresh epoch. */
export function newEpoch(platform: Pick<Platform, 'random'>): Epoch {
  const secret = platform.random(32);
  return { k: publicKeyOf(secret), secret };
}

/** The epoch, if `secretHex` is the secret key of `k`. */
function epochOf(secretHex: string, k: string): Epoch | undefined {
  const secret = secretFromHex(secretHex);
  try {
    return secret !== undefined && publicKeyOf(secret) === k ? { k, secret } : undefined;
  } catch {
    // Zero, or beyond the order of the curve: no key at all.
    return undefined;
  }
}

function parse<Value>(schema: v.GenericSchema<unknown, Value>, text: string | undefined): Value | undefined {
  const result = v.safeParse(schema, text === undefined ? undefined : parseCanonical(text));
  return result.success ? result.output : undefined;
}
