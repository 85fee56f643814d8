import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Platform } from '../platform.ts';
import type { PrfKey } from '../vault/sealed-key.ts';

/** What opens a telephone or laptop (fingerprint, face or PIN), used through WebAuthn: no network, no identity provider. */
export interface ScreenLock {
  /** Whether this browser offers one at this address. */
  offered(): Promise<boolean>;
  /** Makes a credential and asks it once; null where the person refused or the device cannot. `name` is shown by the device. */
  make(name: string): Promise<PrfKey | null>;
  /** The output for a credential made before; null where the person refused, or the device has it no more. */
  ask(question: Omit<PrfKey, 'output'>): Promise<Uint8Array | null>;
}

const SALT_BYTES = 16;
const PATIENCE_MS = 60_000;
const INPUT = 'lifeboat/v1/unlock';
/** ES256, then RS256 (Windows Hello). */
const ALGORITHMS = [-7, -257];

export function browserScreenLock(platform: Pick<Platform, 'random'>): ScreenLock {
  /** Fresh each time: nobody checks an answer here, the PRF output is the proof. */
  const challenge = () => new Uint8Array(platform.random(32));

  const ask: ScreenLock['ask'] = async ({ credential, salt }) => {
    const publicKey: PublicKeyCredentialRequestOptions = {
      challenge: challenge(),
      allowCredentials: [{ type: 'public-key', id: new Uint8Array(credential) }],
      userVerification: 'required',
      timeout: PATIENCE_MS,
      extensions: { prf: { eval: { first: inputFor(salt) } } },
    };
    const given = await unlessRefused(() => navigator.credentials.get({ publicKey }));
    return given === null ? null : outputOf(given);
  };

  return {
    offered: async () => {
      if (typeof PublicKeyCredential === 'undefined' || isAddress(location.hostname)) return false;
      const capabilities = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
      if (capabilities?.['extension:prf'] === false) return false;
      return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
    },
    make: async (name) => {
      const salt = platform.random(SALT_BYTES);
      const publicKey: PublicKeyCredentialCreationOptions = {
        challenge: challenge(),
        rp: { name: 'Lifeboat' },
        user: { id: new Uint8Array(platform.random(16)), name, displayName: name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'preferred',
          userVerification: 'required',
        },
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: inputFor(salt) } } },
      };
      const made = await unlessRefused(() => navigator.credentials.create({ publicKey }));
      if (made === null || made.getClientExtensionResults().prf?.enabled !== true) return null;
      const credential = new Uint8Array(made.rawId);
      // Many devices give the output only when asked a second time.
      const output = outputOf(made) ?? (await ask({ credential, salt }));
      return output === null ? null : { credential, salt, output };
    },
    ask,
  };
}

function inputFor(salt: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...utf8ToBytes(INPUT), ...salt]);
}

function outputOf(given: PublicKeyCredential): Uint8Array | null {
  const first = given.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
}

/** A refusal, a timeout and a lost credential look the same to a page, on purpose: null is all there is to say. */
async function unlessRefused(call: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    const given = await call();
    return given instanceof PublicKeyCredential ? given : null;
  } catch {
    return null;
  }
}

/** WebAuthn works on names only. */
function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.startsWith('[');
}
