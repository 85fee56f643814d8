import { createCipheriv, createECDH, createHmac } from 'node:crypto';

/**
 * NIP-44 v2 once more, from its text and node:crypto alone: a second opinion on the library that seals for us.
 * Secrets, nonces and the sender's x-only public key are bytes and hex as in the NIP.
 */
export function nip44Seal(text: string, secret: Uint8Array, publicKey: string, nonce: Uint8Array): string {
  const keys = expand(conversationKey(secret, publicKey), nonce);
  const counterAndNonce = Buffer.concat([Buffer.alloc(4), keys.subarray(32, 44)]);
  const cipher = createCipheriv('chacha20', keys.subarray(0, 32), counterAndNonce);
  const sealed = Buffer.concat([nonce, cipher.update(padded(Buffer.from(text)))]);
  const mac = createHmac('sha256', keys.subarray(44)).update(sealed).digest();
  return Buffer.concat([Buffer.from([2]), sealed, mac]).toString('base64');
}

function conversationKey(secret: Uint8Array, publicKey: string): Buffer {
  const ecdh = createECDH('secp256k1');
  ecdh.setPrivateKey(secret);
  return createHmac('sha256', 'nip44-v2')
    .update(ecdh.computeSecret(`02${publicKey}`, 'hex'))
    .digest();
}

/** HKDF-Expand to the 76 bytes of one message's keys. */
function expand(key: Buffer, nonce: Uint8Array): Buffer {
  const blocks: Buffer[] = [];
  for (let n = 1; n <= 3; n++) {
    const before = blocks.at(-1) ?? Buffer.alloc(0);
    blocks.push(
      createHmac('sha256', key)
        .update(before)
        .update(nonce)
        .update(Buffer.from([n]))
        .digest(),
    );
  }
  return Buffer.concat(blocks).subarray(0, 76);
}

function padded(text: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  const power = 2 ** (Math.floor(Math.log2(text.length - 1)) + 1);
  const chunk = power <= 256 ? 32 : power / 8;
  const size = text.length <= 32 ? 32 : chunk * (Math.floor((text.length - 1) / chunk) + 1);
  return Buffer.concat([length, text, Buffer.alloc(size - text.length)]);
}
