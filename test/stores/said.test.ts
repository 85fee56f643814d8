import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { foldIncidents } from '../../src/model/incidents.ts';
import { $waitingUpdates, askApprovals } from '../../src/stores/approvals.ts';
import { $deviceNow } from '../../src/stores/clock.ts';
import { $correction, correct, editCorrection } from '../../src/stores/correcting.ts';
import { $device } from '../../src/stores/device.ts';
import { followLog } from '../../src/stores/log.ts';
import { setOutside } from '../../src/stores/outside.ts';
import {
  $post,
  $problem,
  $statement,
  publish,
  publishRetraction,
  review,
  setComponent,
} from '../../src/stores/post.ts';
import { $form, $statuses, chooseCode, chooseKind, clearForm, editForm } from '../../src/stores/post-form.ts';
import { $public, $records } from '../../src/stores/public.ts';
import { $retraction, editReason, statusWithout, takeBack } from '../../src/stores/retracting.ts';
import { $room, openRoom } from '../../src/stores/room.ts';
import { type Device, grantOf, openDevice, rootSays } from '../log/devices.ts';
import { newDevice } from './shore.ts';

/** Stores gather events for some milliseconds before they fold them. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });

let ana: Device;
let stop = () => {};

beforeEach(async () => {
  ana = await openDevice('ana');
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin', 'commander')] })]);
  await ana.rooms.create('room', 'Bridge');
  // The site is unreachable: what is said is known by this device's own log.
  const { outside } = newDevice('http://127.0.0.1:9');
  setOutside(outside);
  $deviceNow.set(ana.clock.now);
  const stopLog = followLog(ana.log, outside.platform);
  $device.set({ pubkey: ana.pk, secret: ana.secret });
  const closeRoom = openRoom({ pubkey: ana.pk, secret: ana.secret });
  clearForm();
  $post.set({ type: 'writing' });
  stop = () => {
    closeRoom();
    stopLog();
    $device.set(null);
    $post.set({ type: 'writing' });
  };
});
afterEach(() => stop());

/** Writes the form, reviews and publishes it; resolves once the fold has it. */
async function post(change: Parameters<typeof editForm>[0]): Promise<string> {
  $post.set({ type: 'writing' });
  editForm(change);
  review();
  await publish();
  const sent = $post.get();
  if (sent.type !== 'sent') throw new Error(`Not sent: ${JSON.stringify($problem.get())}`);
  await eventually(() => expect(JSON.stringify($public.get()?.incidents)).toContain(sent.id));
  return sent.id;
}

const newest = () => $records.get()[0];

test('an update goes on from what is public; a report follows an incident that is over, and nothing else', async () => {
  await post({ name: 'Cards fail', text: 'Some do.', components: [{ id: 'cards', status: 'major_outage' }] });
  expect($statuses.get()).not.toContain('postmortem');
  chooseCode(newest()?.code ?? '');
  expect($form.get()).toMatchObject({ name: 'Cards fail', components: [{ id: 'cards', status: 'major_outage' }] });
  expect($statuses.get()).not.toContain('postmortem');
  await post({ status: 'resolved', text: 'It is over.' });
  chooseCode(newest()?.code ?? '');
  expect($form.get().status).toBe('postmortem');
  await post({ text: 'A cable was cut.' });
  expect(newest()?.updates.map(({ status }) => status)).toEqual(['postmortem', 'resolved', 'investigating']);
});

test('a corrected text takes the place of the other, and nothing else changes', async () => {
  const first = await post({ name: 'Cards fail', text: 'Sum do.', happened: '2026-11-21T03:00:00.000Z' });
  chooseCode(newest()?.code ?? '');
  await post({ status: 'resolved', text: 'It is over.', happened: null });
  correct(first);
  expect($correction.get()).toMatchObject({ text: 'Sum do.', lang: 'en' });
  $post.set({ type: 'writing' });
  expect($problem.get()).toEqual({ type: 'unchanged' });
  editCorrection({ text: 'Some do.\u0007' });
  review();
  await publish();
  expect($correction.get()).toBeNull();
  await eventually(() =>
    expect(newest()).toMatchObject({
      status: 'resolved',
      started_at: '2026-11-21T03:00:00.000Z',
      updates: [{ text: 'It is over.' }, { text: 'Some do.', corrected: [{ id: first, text: 'Sum do.' }] }],
    }),
  );
});

test('what would be taken back is told as it stands now, and no more once somebody else took it back', async () => {
  const first = await post({ name: 'Cards fail', text: 'Some do.' });
  const record = newest();
  const update = record?.updates[0];
  if (record === undefined || update === undefined) throw new Error('Nothing stands.');
  takeBack(record, update);
  editReason('It is another bank.');
  const asked = () => $retraction.get();
  expect(asked()).toMatchObject({ update: { id: first }, reason: 'It is another bank.' });
  const body = { incident: record.code, name: 'Cards fail', impact: 'minor', lang: 'en', components: [] };
  await ana.log.writePublic('incident.update', { ...body, status: 'resolved', text: 'It is over.' });
  await eventually(() => {
    const retraction = asked();
    expect(retraction && statusWithout(retraction)).toBe('resolved');
  });
  await ana.log.writePublic('incident.retract', { incident: record.code, update: first, reason: 'Wrong page.' });
  await eventually(() => expect(asked()).toBeNull());
  expect(await publishRetraction()).toBe(false);
});

test('what is taken back needs a reason, and the page then says again what stood before', async () => {
  await post({ name: 'Cards fail', text: 'Some do.' });
  chooseCode(newest()?.code ?? '');
  await post({ status: 'resolved', text: 'It is over.' });
  const record = newest();
  const update = record?.updates[0];
  if (record === undefined || update === undefined) throw new Error('Nothing stands.');
  takeBack(record, update);
  expect(await publishRetraction()).toBe(false);
  editReason('Fill in <why>.');
  expect(await publishRetraction()).toBe(false);
  editReason('It is not over.');
  const retraction = $retraction.get();
  expect(retraction && statusWithout(retraction)).toBe('investigating');
  expect(await publishRetraction()).toBe(true);
  await eventually(() =>
    expect(newest()).toMatchObject({
      status: 'investigating',
      updates: [{ retracted: { reason: 'It is not over.' } }, { text: 'Some do.' }],
    }),
  );
  takeBack(newest() ?? record, null);
  editReason('Another bank.');
  expect(await publishRetraction()).toBe(true);
  await eventually(() => expect($public.get()?.retracted.incidents).toMatchObject([{ code: record.code }]));
  await eventually(() => {
    const room = $room.get();
    const said = room.type === 'open' ? room.entries.map(({ says }) => says) : [];
    expect(said.filter(({ type }) => type === 'retraction')).toMatchObject([
      { name: 'Cards fail', whole: false, reason: 'It is not over.' },
      { name: 'Cards fail', whole: true, reason: 'Another bank.' },
    ]);
  });
});

test('a correction waits for a second person where the rule asks for one; all of it is shown to them', async () => {
  const first = await post({ name: 'Cards fail', text: 'Sum do.', impact: 'critical' });
  await askApprovals(['critical'], 5);
  await eventually(() => expect(ana.log.roster().settings.approvals.critical).toBe(1));
  $post.set({ type: 'writing' });
  correct(first);
  editCorrection({ text: 'Some do.' });
  review();
  await publish();
  await eventually(() =>
    expect($waitingUpdates.get()).toMatchObject([{ statement: { body: { text: 'Some do.', corrects: first } } }]),
  );
  expect(newest()?.updates[0]?.text).toBe('Sum do.');
});

test('a maintenance is announced and begun; a component is set by hand', async () => {
  chooseKind('maintenance');
  const times = { from: '2026-12-01T22:00:00.000Z', until: '2026-12-01T23:00:00.000Z' };
  editForm({ name: 'Ledger works', text: 'Short interruptions.', components: ['ledger'], ...times });
  review();
  await publish();
  await eventually(() => expect($public.get()?.maintenances).toMatchObject([{ status: 'scheduled' }]));
  $post.set({ type: 'writing' });
  chooseCode(newest()?.code ?? '');
  expect($form.get()).toMatchObject({ kind: 'maintenance', components: ['ledger'], ...times });
  editForm({ status: 'in_progress', text: 'We have begun.' });
  review();
  await publish();
  await eventually(() => expect($public.get()?.maintenances).toMatchObject([{ status: 'in_progress' }]));
  expect(await setComponent('ledger', 'degraded_performance', 'Ledger')).toBe(true);
  expect($post.get()).toMatchObject({ type: 'sent', sought: { type: 'component', id: 'ledger' } });
  const fold = foldIncidents(ana.log.events(), ana.log.roster());
  expect(fold.settings.get('ledger')).toMatchObject({ status: 'degraded_performance' });
});

test('a maintenance that another device ended meanwhile does not begin again', async () => {
  chooseKind('maintenance');
  editForm({ name: 'Works', text: 'We work.', from: '2026-12-01T22:00:00.000Z', until: '2026-12-01T23:00:00.000Z' });
  const { body } = $statement.get();
  const ended = { ...body, maintenance: 'works0works0', status: 'scheduled' };
  await ana.log.writePublic('maintenance.update', ended);
  await eventually(() => expect($public.get()?.maintenances).toHaveLength(1));
  chooseCode('works0works0');
  editForm({ status: 'in_progress', text: 'We begin.' });
  expect($problem.get()).toBeNull();
  await ana.log.writePublic('maintenance.update', { ...ended, status: 'completed' });
  await eventually(() => expect($problem.get()).toEqual({ type: 'moved' }));
  chooseCode('works0works0');
  expect($problem.get()).toBeNull();
  editForm({ status: 'in_progress' });
  expect($problem.get()).toEqual({ type: 'over' });
});

test('what another device says meanwhile is not undone: the author sees it first, and keeps the words', async () => {
  const cards = [{ id: 'cards', status: 'degraded_performance' }] as const;
  await post({ name: 'Cards fail', text: 'Some do.', impact: 'minor', components: cards });
  const { code = '', status, updates } = newest() ?? {};
  expect([status, updates?.length]).toEqual(['investigating', 1]);
  $post.set({ type: 'writing' });
  chooseCode(code);
  editForm({ text: 'We still look into cards.' });
  review();
  expect($post.get().type).toBe('confirming');
  const worse = { ...$statement.get().body, status: 'identified', impact: 'critical', text: 'The ledger too.' };
  const components = [...cards, { id: 'ledger', status: 'major_outage' }] as const;
  await ana.log.writePublic('incident.update', { ...worse, components });
  await eventually(() => expect($problem.get()).toEqual({ type: 'moved' }));
  await publish();
  expect([$post.get().type, newest()?.updates.length]).toEqual(['confirming', 2]);
  $post.set({ type: 'writing' });
  chooseCode(code);
  expect($problem.get()).toBeNull();
  expect($form.get()).toMatchObject({ status: 'identified', impact: 'critical', text: 'We still look into cards.' });
  expect($form.get().components).toEqual(components);
  await ana.log.writePublic('incident.retract', { incident: code, update: null, reason: 'Another bank.' });
  await eventually(() => expect($problem.get()).toEqual({ type: 'moved' }));
  chooseCode(code);
  expect($form.get()).toMatchObject({ code: null, text: 'We still look into cards.' });
});

test('a text that another device corrected or took back meanwhile is not corrected once more', async () => {
  const first = await post({ name: 'Cards fail', text: 'Sum do.' });
  $post.set({ type: 'writing' });
  correct(first);
  editCorrection({ text: 'Some do.' });
  expect($problem.get()).toBeNull();
  const code = newest()?.code ?? '';
  await ana.log.writePublic('incident.retract', { incident: code, update: first, reason: 'Wrong bank.' });
  await eventually(() => expect($problem.get()).toEqual({ type: 'gone' }));
  correct(null);
});
