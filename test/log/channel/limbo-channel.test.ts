import { expect, test } from 'vitest';
import { step } from '../../../src/log/channel/channel.ts';
import { type Link, newLink } from '../../../src/log/channel/channel-state.ts';
import type { Input, Output } from '../../../src/log/channel/channel-turn.ts';
import { createHeld } from '../../../src/log/held.ts';
import { createIndex, respond } from '../../../src/log/negentropy/negentropy.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { event, keyNumber, ORG } from '../signing.ts';

const HOUR = 3_600_000;

/** A relay that offers events which are never let in, for an hour; what it was asked for. */
function anHourWith(events: readonly SignedEvent[], rosterAt = Infinity): readonly string[] {
  const held = createHeld();
  const index = createIndex();
  for (const { created_at, id } of events) index.insert(created_at, id);
  const asked: string[] = [];
  let link: Link = newLink(ORG);
  let now = 0;
  const take = (input: Input): void => {
    const next = step(link, input, { now, random: () => 0, held, unreceipted: () => [] });
    link = next.link;
    next.outputs.forEach(perform);
  };
  function perform(output: Output): void {
    if (output.type === 'connect') take({ type: 'opened' });
    if (output.type !== 'send') return;
    const [type, name, filter, message] = output.frame as [string, string, { ids?: string[] }, string];
    if (type === 'NEG-OPEN') take({ type: 'frame', frame: ['NEG-MSG', name, respond(index, message)] });
    if (type === 'NEG-MSG') take({ type: 'frame', frame: ['NEG-MSG', name, respond(index, String(filter))] });
    if (type !== 'REQ') return;
    const ids = name.startsWith('fetch-') ? (filter.ids ?? []) : [];
    asked.push(...ids);
    for (const one of events.filter(({ id }) => ids.includes(id)))
      take({ type: 'event', subscription: name, event: one });
    take({ type: 'heard' });
    take({ type: 'frame', frame: ['EOSE', name] });
  }
  for (; now < HOUR; now += 1_000) {
    if (now === rosterAt) take({ type: 'roster' });
    take({ type: 'heard' });
    take({ type: 'tick' });
  }
  return asked;
}

test('what was not let in is asked for once, and again once when the roster has changed', () => {
  const strangers = Array.from({ length: 900 }, (_, n) => event({ content: `${n}` }, keyNumber(9)));
  expect(anHourWith(strangers)).toHaveLength(900);
  expect(anHourWith(strangers, HOUR / 2)).toHaveLength(1_800);
});
