import { describe, expect, test } from 'vitest';
import { openScratch } from '../../src/stores/scratch.ts';
import { newDevice } from './shore.ts';

describe('drafts at rest', () => {
  test('survive a restart under the same key, and lie there sealed', async () => {
    const device = newDevice('');
    const secret = new Uint8Array(32).fill(7);
    const before = await openScratch(secret, device.outside.local);
    await before.write('room', 'the vault code is on the second shelf');
    expect(device.onDisk()).not.toContain('shelf');
    const after = await openScratch(secret, device.outside.local);
    expect(await after.read('room')).toBe('the vault code is on the second shelf');
  });

  test('are nothing to another key', async () => {
    const { local } = newDevice('').outside;
    const mine = await openScratch(new Uint8Array(32).fill(7), local);
    await mine.write('room', 'mine');
    const other = await openScratch(new Uint8Array(32).fill(8), local);
    expect(await other.read('room')).toBe(null);
  });

  test('the last of several quick writes stays, and an empty one forgets', async () => {
    const { local } = newDevice('').outside;
    const scratch = await openScratch(new Uint8Array(32).fill(7), local);
    await Promise.all(['a', 'ab', 'abc'].map((text) => scratch.write('room', text)));
    expect(await scratch.read('room')).toBe('abc');
    await scratch.write('room', '');
    expect(await scratch.read('room')).toBe(null);
  });

  test('one that another tab wrote meanwhile outlives this tab’s empty one', async () => {
    const { local } = newDevice('').outside;
    const [one, other] = await Promise.all([1, 2].map(() => openScratch(new Uint8Array(32).fill(7), local)));
    await one?.write('post', 'mine, sent in a moment');
    await other?.write('post', 'what the other tab still holds');
    await one?.write('post', '');
    expect(await one?.read('post')).toBe('what the other tab still holds');
    await other?.write('post', '');
    expect(await other?.read('post')).toBe(null);
  });
});
