import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../../../src/model/clock.ts';
import { createWorld, MINUTE, NOW, type World } from '../world.ts';

const read = (world: World, now = NOW) => world.files(now).get('calendar.ics') ?? '';

function events(world: World, now = NOW) {
  const calendar = new ICAL.Component(ICAL.parse(read(world, now)));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      summary: event.summary,
      description: event.description,
      start: event.startDate.toJSDate().getTime(),
      end: event.endDate.toJSDate().getTime(),
    };
  });
}

describe('/calendar.ics', () => {
  test('has a maintenance with its own times, in UTC', () => {
    const world = createWorld();
    world.maintenance('scheduled', 'Tonight; be kind, all.\nThanks \\o/', NOW - 40 * MINUTE);
    expect(events(world)).toEqual([
      {
        uid: expect.stringMatching(/^m00000000001@[0-9a-f]{32}\.lifeboat$/),
        sequence: 0,
        status: 'CONFIRMED',
        stamp: '2026-11-22T02:32:40Z',
        summary: 'New database',
        description: 'Scheduled: Tonight; be kind, all.\nThanks \\o/',
        start: NOW + 60 * MINUTE,
        end: NOW + 120 * MINUTE,
      },
    ]);
  });

  test('raises the sequence with every word, and keeps the identity', () => {
    const world = createWorld();
    const first = world.maintenance('scheduled', 'Tonight.', NOW - 40 * MINUTE);
    const [before] = events(world);
    world.maintenance('scheduled', 'Tonight!', NOW - 30 * MINUTE, { corrects: first });
    world.maintenance('scheduled', 'Later.', NOW - 20 * MINUTE, { scheduled_for: isoTime(NOW + 90 * MINUTE) });
    const [after] = events(world);
    expect(after).toMatchObject({ uid: before?.uid, sequence: 2, start: NOW + 90 * MINUTE });
  });

  test('keeps what was cancelled and what was taken back, as cancelled', () => {
    const world = createWorld();
    world.maintenance('scheduled', 'Tonight.', NOW - 40 * MINUTE);
    world.maintenance('cancelled', 'Not tonight.', NOW - 30 * MINUTE);
    const other = { maintenance: 'm00000000002', name: 'A mistake' };
    world.maintenance('scheduled', 'Tomorrow.', NOW - 20 * MINUTE, other);
    world.say('incident.retract', { incident: 'm00000000002', update: null, reason: 'Not ours.' }, NOW - 10 * MINUTE);
    expect(events(world).map(({ status, sequence }) => [status, sequence])).toEqual([
      ['CANCELLED', 1],
      ['CANCELLED', 1],
    ]);
    expect(events(world)[1]?.description).toContain('This was taken back: Not ours.');
  });

  test('raises the sequence and no lower stamp when what was taken back takes place after all', () => {
    const world = createWorld();
    world.maintenance('scheduled', 'Tonight.', NOW - 40 * MINUTE);
    world.say('incident.retract', { incident: 'm00000000001', update: null, reason: 'Not ours.' }, NOW - 20 * MINUTE);
    const [before] = events(world);
    // Written before, on a device that had no line.
    world.maintenance('scheduled', 'An hour later.', NOW - 30 * MINUTE);
    const [after] = events(world);
    expect([before?.status, after?.status]).toEqual(['CANCELLED', 'CONFIRMED']);
    expect([before?.sequence, after?.sequence]).toEqual([1, 2]);
    expect(after?.stamp).toBe(before?.stamp);
    expect(after?.description).toContain('but what was said at the same time or later counts: Not ours.');
  });

  test('has no line of more than 75 octets, and breaks no character', () => {
    const world = createWorld();
    const text = 'Wir räumen auf — 整備のお知らせ 🌊'.repeat(20);
    world.maintenance('scheduled', text, NOW - 40 * MINUTE, { name: 'ü'.repeat(120) });
    const lines = read(world).split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(read(world)).not.toContain('\ufffd');
    expect(events(world)[0]).toMatchObject({ summary: 'ü'.repeat(120), description: `Scheduled: ${text}` });
  });

  test('is the same file as long as nobody says anything', () => {
    const world = createWorld();
    world.maintenance('scheduled', 'Tonight.', NOW - 40 * MINUTE);
    // Until its planned time is over, whose end no clock may take for done.
    expect(read(world, NOW + 120 * MINUTE)).toBe(read(world));
  });

  test('calls a plan tentative whose time is over and of which nobody said that it began', () => {
    const world = createWorld();
    world.maintenance('scheduled', 'Tonight.', NOW - 40 * MINUTE);
    const later = NOW + 121 * MINUTE;
    expect(events(world, later)).toMatchObject([
      {
        status: 'TENTATIVE',
        sequence: 0,
        description: 'Its planned time is over, and nobody has said that it began.\n\nScheduled: Tonight.',
      },
    ]);
    world.maintenance('completed', 'It is done.', later);
    expect(events(world, later)).toMatchObject([{ status: 'CONFIRMED', sequence: 1 }]);
  });

  test('is a calendar before there is anything in it', () => {
    expect(events(createWorld())).toEqual([]);
    expect(read(createWorld())).toContain('BEGIN:VTIMEZONE');
  });
});
