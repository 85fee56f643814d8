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
    expect(await open(one, two).unlock('correct horse')).toEqual({ type: 'wrong' });
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

  test('opens what the first version of the app kept, and not when a byte of that was changed, header included', async () => {
    const one = memory();
    await open(one).save(secret, PASSPHRASE);
    const record = hexToBytes((one.text ?? '').split('~')[0] ?? '');
    expect(await open(memory(bytesToHex(record))).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
    record[4] = (record[4] ?? 0) ^ 1;
    expect(await open(memory(bytesToHex(record))).unlock(PASSPHRASE)).toEqual({ type: 'wrong' });
  });

  test('is never opened by an older copy, whose passphrase was given up', async () => {
    const [one, two] = [memory(), memory()];
    await open(one, two).save(secret, PASSPHRASE);
    await open(one).save(secret, 'a newer one');
    expect(await open(one, two).unlock(PASSPHRASE)).toEqual({ type: 'wrong' });
    expect(two.text).not.toBe(one.text);
  });

  test('is taken from the older copy when the newer one is damaged, which is told without the passphrase', async () => {
    const [one, two] = [memory(), memory()];
    await open(one, two).save(secret, PASSPHRASE);
    await open(one).save(secret, PASSPHRASE);
    one.text = (one.text ?? '').replace(/^01000000../, '0100000009');
    expect(await open(one).look()).toMatchObject({ type: 'damaged' });
    expect(await open(one, two).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
  });
});

describe('a device key that a screen lock opens too', () => {
  const output = new Uint8Array(32).fill(9);
  const prf = { credential: new Uint8Array(48).fill(3), salt: new Uint8Array(16).fill(4), output };

  test('says which credential to ask, opens with its output, and always with the passphrase', async () => {
    const one = memory();
    await open(one).save(secret, PASSPHRASE, prf);
    expect(await open(one).look()).toEqual({ type: 'kept', prf: { credential: prf.credential, salt: prf.salt } });
    expect(await open(one).unlockByPrf(output)).toEqual({ type: 'ok', secret });
    expect(await open(one).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
    expect(one.text).not.toContain(bytesToHex(secret));
  });

  test('does not open with what another credential gives, and wipes nothing', async () => {
    const one = memory();
    await open(one).save(secret, PASSPHRASE, prf);
    const before = one.text;
    expect(await open(one).unlockByPrf(new Uint8Array(32).fill(8))).toEqual({ type: 'wrong' });
    expect(one.text).toBe(before);
  });

  test('takes a second seal later, newer than what a storage without it holds', async () => {
    const [one, two] = [memory(), memory()];
    const keystore = open(one, two);
    await keystore.save(secret, PASSPHRASE);
    const old = two.text;
    expect(await keystore.look()).toEqual({ type: 'kept', prf: null });
    await keystore.addPrf(secret, prf);
    two.text = old;
    expect(await open(two, one).unlockByPrf(output)).toEqual({ type: 'ok', secret });
    expect(two.text).toBe(one.text);
    expect(await open(two).unlock(PASSPHRASE)).toEqual({ type: 'ok', secret });
  });

  test('is not given to a device that has no passphrase yet', async () => {
    await expect(open(memory()).addPrf(secret, prf)).rejects.toThrow('choose a passphrase first');
  });
});
