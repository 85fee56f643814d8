import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inviteLink } from '../../src/log/people/invite.ts';
import { denyKey } from '../../src/log/people/join-queue.ts';
import { removeDevice } from '../../src/log/people/roster-writer.ts';
import { canonical } from '../../src/model/canonical.ts';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND } from '../../src/model/event.ts';
import { startBridge } from '../../src/stores/bridge.ts';
import { $now } from '../../src/stores/clock.ts';
import { $device } from '../../src/stores/device.ts';
import { $draft, $tooLong, sendDraft, writeDraft } from '../../src/stores/draft.ts';
import { $mode } from '../../src/stores/health.ts';
import { $invite, acceptInvite } from '../../src/stores/invite.ts';
import { $link } from '../../src/stores/link.ts';
import { $problems } from '../../src/stores/local.ts';
import { $ladder } from '../../src/stores/people.ts';
import { $post, $sent, publish, review } from '../../src/stores/post.ts';
import { editForm } from '../../src/stores/post-form.ts';
import { $mayPost } from '../../src/stores/public.ts';
import { $maySay, $room } from '../../src/stores/room.ts';
import { $found, $opened, $query } from '../../src/stores/runbooks.ts';
import {
  $isRemoved,
  $screenLock,
  $session,
  addScreenLock,
  enrol,
  lock,
  startAfresh,
  unlock,
  unlockByScreenLock,
} from '../../src/stores/session.ts';
import { $vault } from '../../src/stores/vault-state.ts';
import { newDevice, openShore, type Shore } from './shore.ts';

/** Runbooks of the demo. */
const all = 8;
const PASSPHRASE = 'seven quiet harbours at dawn';
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

/** One device's way through the bridge, in order: each step stands on the one before. */
describe('the bridge of one device', () => {
  let shore: Shore;
  let device: ReturnType<typeof newDevice>;
  let stop: () => Promise<void>;
  const entries = () => {
    const room = $room.get();
    return room.type === 'open' ? room.entries : [];
  };
  const notes = () => entries().flatMap(({ says }) => (says.type === 'note' ? [says.text] : []));

  beforeAll(async () => {
    shore = await openShore();
    device = newDevice(shore.origin);
    stop = await startBridge(device.outside, shore.site);
  });

  afterAll(async () => {
    await stop();
    await shore.close();
  });

  test('is a stranger at first, and says how it is connected while one relay is down', async () => {
    expect($session.get()).toEqual({ type: 'new' });
    await eventually(() => expect($link.get()).toMatchObject({ state: 'partial', open: 1, all: 2 }));
  });

  test('refuses half a link, and the invite of another organisation', () => {
    acceptInvite(shore.invite.link.slice(0, -9));
    expect($invite.get().type).toBe('bad');
    const other = { secret: '1'.repeat(64), root: '2'.repeat(64), relays: [], admin: '3'.repeat(64) };
    acceptInvite(inviteLink(shore.origin, { ...other, v: 1 }));
    expect($invite.get().type).toBe('other');
  });

  test('says that a request was refused: who was never in was not removed, and begins anew', async () => {
    acceptInvite(shore.invite.link);
    await enrol('Ann, phone', PASSPHRASE);
    await denyKey(shore.admin.log, $device.get()?.pubkey ?? '');
    await eventually(() => expect($session.get()).toEqual({ type: 'refused' }));
    expect($isRemoved.get()).toBe(false);
    lock(null);
    await unlock(PASSPHRASE);
    expect($session.get()).toEqual({ type: 'refused' });
    startAfresh();
    expect($session.get()).toEqual({ type: 'new' });
  });

  test('asks to be let in over the one living relay, shows four words, and continues by itself', async () => {
    acceptInvite(shore.invite.link);
    await enrol('Ana, phone', PASSPHRASE);
    const session = $session.get();
    expect(session.type === 'waiting' && session.words).toHaveLength(4);
    await eventually(() => expect($session.get()).toMatchObject({ receipts: { have: 1, all: 2 } }));
    // Also when the invite was given up for another one, and after the page was opened again.
    startAfresh();
    lock(null);
    await unlock(PASSPHRASE);
    expect($session.get()).toMatchObject({ type: 'waiting', words: session.type === 'waiting' && session.words });
    shore.startEnroller();
    await eventually(() => expect($session.get().type).toBe('open'));
    expect(device.onDisk()).not.toContain('lifeboat-join');
    await eventually(() => expect($room.get().type).toBe('open'));
  });

  test('keeps a sentence until it is on this device, then counts the relays that stored it', async () => {
    writeDraft('The ledger is 40 minutes behind.');
    await sendDraft();
    expect($draft.get()).toBe('');
    await eventually(() => expect(notes()).toEqual(['The ledger is 40 minutes behind.']));
    await eventually(() => expect(entries().at(-1)?.receipts).toEqual({ have: 1, all: 2 }));
    expect(entries().at(-1)).toMatchObject({ author: 'Ana, phone', mine: true, doubt: null });
    await shore.startSecondRelay();
    await eventually(() => expect(entries().at(-1)?.receipts).toEqual({ have: 2, all: 2 }));
    expect($link.get().state).toBe('online');
  });

  test('keeps what is too long for one message in the composer, and calls nothing wrong with the device', async () => {
    const before = $problems.get();
    writeDraft('é'.repeat(20_000));
    await sendDraft();
    expect([$tooLong.get(), $draft.get().length, $problems.get()]).toEqual([true, 20_000, before]);
    writeDraft('');
    expect($tooLong.get()).toBe(false);
  });

  test('hears the others, in the order of causes', async () => {
    const room = shore.admin.rooms.main('room');
    await eventually(() => expect(shore.admin.rooms.main('room')?.messages.some((m) => m.type === 'note')).toBe(true));
    await shore.admin.rooms.say(room?.id ?? '', 'note', { text: 'I take communications.' });
    await eventually(() => expect(notes()).toEqual(['The ledger is 40 minutes behind.', 'I take communications.']));
  });

  test('shows what it does not know as needing a newer app', async () => {
    const room = shore.admin.rooms.main('room');
    await shore.admin.rooms.say(room?.id ?? '', 'hologram', { depth: 3 });
    await eventually(() => expect(entries().at(-1)?.says).toEqual({ type: 'newer' }));
  });

  test('shows an alert as what got worse, by name', async () => {
    const alert = { subject: 'component:ledger', name: 'Ledger', status: 'major_outage', text: 'It was refused.' };
    await shore.admin.rooms.say(shore.admin.rooms.main('room')?.id ?? '', 'alert', alert);
    const { name, status, text } = alert;
    await eventually(() => expect(entries().at(-1)?.says).toEqual({ type: 'alert', name, status, text }));
  });

  test('brings every runbook to the device and finds one by a mistyped alert', async () => {
    await eventually(() => expect($vault.get()).toMatchObject({ held: all, all, doing: 'nothing' }));
    await eventually(() => expect($opened.get().size).toBe(all));
    $query.set('ledgr consumer lag');
    expect($found.get()[0]?.title).toBe('Ledger consumer lag');
    $query.set('');
    expect($found.get()).toHaveLength(all);
  });

  test('puts the runbooks back when storage is emptied under the open page', async () => {
    await device.empty();
    await device.outside.keys.mend();
    await vi.waitFor(async () => expect((await device.outside.files.list()).size).toBe(shore.vault.documents + 1), {
      timeout: 20_000,
    });
    await eventually(() => expect($vault.get()).toMatchObject({ held: all, all, doing: 'nothing' }));
  });

  test('forgets everything on lock, says when a passphrase is wrong, and brings the draft back', async () => {
    writeDraft('half a sente');
    await eventually(() => expect(device.onDisk()).toContain('lifeboat-draft-room'));
    expect(device.onDisk()).not.toContain('half a sente');
    lock(null);
    expect([$device.get(), $draft.get(), $room.get().type, $found.get().length]).toEqual([null, '', 'none', 0]);
    await unlock('seven quiet harbours at dusk');
    expect($session.get()).toEqual({ type: 'locked', problem: 'wrong' });
    await unlock(PASSPHRASE);
    await eventually(() => expect($draft.get()).toBe('half a sente'));
    expect(notes()).toHaveLength(2);
  });

  test('says "live on the public page" only after the site itself has shown the update', async () => {
    const state = { groups: [], components: [], incidents: [], recent: [], maintenances: [] };
    await shore.publish(state);
    editForm({ name: 'Payouts are late', text: 'We are looking into it.' });
    review();
    await publish();
    await eventually(() => expect($post.get()).toMatchObject({ type: 'sent', live: { type: 'waiting' } }));
    await eventually(() => expect($sent.get().receipts).toEqual({ have: 2, all: 2 }));
    const post = $post.get();
    if (post.type !== 'sent') throw new Error('nothing was sent');
    const at = isoTime(Date.now());
    const update = { id: post.id, status: 'investigating', text: 'We are looking into it.', at, lang: 'en' } as const;
    const code = post.sought.type === 'component' ? '' : post.sought.code;
    const facts = { code, name: post.name, status: 'investigating', impact: 'major' } as const;
    const times = { started_at: at, updated_at: at, resolved_at: null };
    const incident = { ...facts, ...times, components: [], updates: [update], conflict: false };
    await shore.publish({ ...state, incidents: [incident] });
    await eventually(() => expect($post.get()).toMatchObject({ live: { type: 'seen' } }));
  });

  test('turns to fallback mode while locked, and strikes out the rung that fell', async () => {
    lock(null);
    expect($mode.get()).toBe('normal');
    const now = Date.now();
    const down = { status: 'major_outage', checked_at: isoTime(now), changed_at: isoTime(now), detail: null } as const;
    const pulse = {
      v: 1,
      vantage: 'first',
      at: isoTime(now),
      valid_until: isoTime(now + 60_000),
      observations: [
        { subject: 'vendor:chat', ...down },
        { subject: 'vendor:metrics', ...down },
      ],
    };
    const d = chainName.pulse(shore.watcher.org, 'first');
    await shore.watcher.announce({ kind: KIND.pulse, d, content: canonical(pulse) });
    await eventually(() => expect($mode.get()).toBe('fallback'));
    await unlock(PASSPHRASE);
    await eventually(() => expect($ladder.get()[0]?.down).toEqual(['Team chat']));
    expect($ladder.get()[1]?.down).toEqual([]);
  });

  test('locks itself when nobody uses it, also after the clock was set back', async () => {
    device.skip(-24 * 3_600_000);
    const before = $now.get();
    await eventually(() => expect($now.get()).toBeLessThan(before));
    device.skip(16 * 60_000);
    await eventually(() => expect($session.get()).toEqual({ type: 'locked', problem: 'idle' }));
  });

  test('opens with the screen lock once it was set up, and with the passphrase when that fails', async () => {
    await unlock(PASSPHRASE);
    expect($screenLock.get()).toBe('offered');
    device.screenLock.refuse(true);
    expect(await addScreenLock()).toBe(false);
    device.screenLock.refuse(false);
    expect(await addScreenLock()).toBe(true);
    expect($screenLock.get()).toBe('kept');
    lock(null);
    await unlockByScreenLock();
    expect($session.get()).toEqual({ type: 'open' });
    lock(null);
    device.screenLock.refuse(true);
    await unlockByScreenLock();
    expect($session.get()).toEqual({ type: 'locked', problem: 'refused' });
    device.screenLock.refuse(false);
    device.screenLock.swap();
    await unlockByScreenLock();
    expect($session.get()).toEqual({ type: 'locked', problem: 'strange' });
    await unlock(PASSPHRASE);
    expect($session.get()).toEqual({ type: 'open' });
  });

  test('keeps what it had when the roster removes it, says so, and writes no more', async () => {
    writeDraft('Tell the bank about');
    const pubkey = $device.get()?.pubkey ?? '';
    expect([$isRemoved.get(), $maySay.get(), $mayPost.get()]).toEqual([false, true, true]);
    await removeDevice(shore.admin.log, shore.admin.rooms, pubkey);
    await eventually(() => expect($isRemoved.get()).toBe(true));
    const room = shore.admin.rooms.main('room');
    await shore.admin.rooms.say(room?.id ?? '', 'note', { text: 'She cannot read this.' });
    expect([$session.get().type, $maySay.get(), $mayPost.get()]).toEqual(['open', false, false]);
    expect(notes()).toContain('I take communications.');
    lock(null);
    await unlock(PASSPHRASE);
    expect(notes()).toContain('I take communications.');
    expect(notes()).not.toContain('She cannot read this.');
    await eventually(() => expect($draft.get()).toBe('Tell the bank about'));
  });
});
