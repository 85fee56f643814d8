import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { encodeBytes } from 'nostr-tools/nip19';

const INFO = utf8ToBytes('lifeboat/v1/vault-age-identity');

/**
 * The standard age identity (AGE-SECRET-KEY-1…) of a vault epoch: X25519 secret = HKDF-SHA-256 of the epoch's secret,
 * so that no key format of our own exists and the plain `age` program opens the vault.
 */
export function vaultIdentity(epochSecret: Uint8Array): string {
  return encodeBytes('age-secret-key-', hkdf(sha256, epochSecret, undefined, INFO, 32)).toUpperCase();
}

/** The recipient (age1…) of an identity. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity);
}

/** Seals a text to every recipient. */
export async function sealFile(text: string, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return await encrypter.encrypt(text);
}

/** The text of an age file, or undefined where none of the identities opens it or it was changed. */
export async function openFile(file: Uint8Array, identities: readonly string[]): Promise<string | undefined> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(file, 'text');
  } catch {
    // Sealed to others, cut short, or changed: the caller says which document it was.
    return undefined;
  }
}
