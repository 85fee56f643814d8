import { expect, test } from 'vitest';
import { paintRecord } from '../../../src/components/history/record-page.tsx';
import { historyEn } from '../../../src/i18n/history-en.ts';
import { recordView } from '../../../src/model/record-view.ts';
import { CODE, createWorld, MINUTE, NOW, type World } from '../../node/publish/world.ts';
import { drawn, textOf } from '../drawn.ts';

const reader = {
  now: NOW,
  ticking: false,
  timeZone: 'Etc/UTC',
  copy: { source: 'origin', host: 'status.example.com', received_at: null, verified: false },
  trouble: null,
  skew: null,
} as const;

function page(world: World): string {
  const { claims, folded } = world.published(NOW);
  const [record = null] = [...folded.said.incidents, ...folded.said.retracted.incidents];
  const held = record && { record, as_of: claims.generated_at };
  return textOf(drawn(paintRecord, recordView({ ...claims, parts: '' }, reader, CODE, held)));
}

test('what was taken back and then spoken of again says both', () => {
  const world = createWorld();
  world.incident('investigating', 'Cards fail.', NOW - 30 * MINUTE);
  expect(page(world)).not.toContain('A drill.');
  world.say('incident.retract', { incident: CODE, update: null, reason: 'A drill.' }, NOW - 20 * MINUTE);
  expect(page(world)).toContain(historyEn.wasTakenBack);
  world.incident('identified', 'It is no drill.', NOW - 10 * MINUTE);
  expect(page(world)).toContain(historyEn.wasOverruled);
  expect(page(world)).toContain('A drill.');
});
