import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { nodePlatform } from '../../src/node/platform.ts';
import { type KeyStorage, openKeystore } from '../../src/vault/keystore.ts';

const secret = new Uint8Array(32).fill(7);
const PASSPHRASE = 'correct horse battery';

function memory(text: string | null = null): KeyStorage & { text: string | null } {
  return {
    text,
    read() {
      return Promise.resolve(this.text);
    },
    write(to) {
      this.text = to;
      return Promise.resolve();
    },
  };
}

const refusing: KeyStorage = {
  read: () => Promise.reject(new Error('SecurityError')),
  write: () => Promise.reject(new Error('QuotaExceededError')),
};

const open = (...storages: KeyStorage[]) => openKeystore(storages, nodePlatform);

describe('a device key at rest', () => {
  test('opens with its passphrase, and a wrong one wipes nothing', async () => {
    const [one, two] = [memory(), memory()];
    await open(one, two).save(secret, PASSPHRASE);
    const before = [one.text, two.text];
    expect(await open(one, two).unlock('correct horse')).toEqual({ type: 'wrong-passphrase' });
    expect([one.text, two.text]).toEqual(before);
    expect(await open(one, two).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
    expect(one.text).not.toContain(bytesToHex(secret));
  });

  test('is put back while it is open, when both storages were emptied meanwhile', async () => {
    const [one, two] = [memory(), memory()];
    const keystore = open(one, two);
    await keystore.mend();
    expect(one.text).toBe(null);
    await keystore.save(secret, PASSPHRASE);
    const sealed = one.text;
    one.text = null;
    two.text = null;
    await keystore.mend();
    expect([one.text, two.text]).toEqual([sealed, sealed]);
  });

  test('survives the loss of either storage, which then gets it back', async () => {
    const [one, two] = [memory(), memory()];
    await open(one, two).save(secret, PASSPHRASE);
    one.text = null;
    expect(await open(one, two).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
    expect(one.text).toBe(two.text);
    expect(await open(refusing, two).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
  });

  test('opens with the newer passphrase when a change reached one storage only', async () => {
    const [one, two] = [memory(), memory()];
    await open(one, two).save(secret, PASSPHRASE);
    await open(one).save(secret, 'a newer one');
    expect(await open(two, one).unlock('a newer one')).toEqual({ type: 'ok', secret });
    expect(two.text).toBe(one.text);
  });

  test('says what is wrong: nothing kept, damaged, another version, no storage at all', async () => {
    expect(await open(memory(), memory()).look()).toEqual({ type: 'none' });
    expect(await open(memory('no hex')).unlock(PASSPHRASE)).toMatchObject({ type: 'damaged' });
    expect(await open(memory(`09${'00'.repeat(80)}`)).look()).toMatchObject({
      reason: expect.stringContaining('another version'),
    });
    expect(await open(refusing).look()).toMatchObject({
      type: 'damaged',
      reason: expect.stringContaining('cannot be read'),
    });
    await expect(open(refusing).save(secret, PASSPHRASE)).rejects.toThrow('refuses to write');
  });

  test('does not open when a byte of it was changed, header included', async () => {
    const one = memory();
    await open(one).save(secret, PASSPHRASE);
    const record = hexToBytes(one.text ?? '');
    record[4] = (record[4] ?? 0) ^ 1;
    expect(await open(memory(bytesToHex(record))).unlock(PASSPHRASE)).toEqual({ type: 'wrong-passphrase' });
  });
});
