import { describe, expect, test } from 'vitest';
import { paintEmbed } from '../../../src/components/embed/embed-page.tsx';
import { embedView } from '../../../src/model/embed-view.ts';
import type { Reader } from '../../../src/model/view.ts';
import { type CopyOf, copyOf, NOW } from '../../enhance/copies.ts';
import { drawn, textOf } from '../drawn.ts';
import { calm, open } from '../told.ts';

const banner = (reader: Reader, copy: CopyOf = {}) => drawn(paintEmbed, embedView(copyOf(copy).snapshot, reader));

function detail(reader: Reader, copy: CopyOf = {}): string {
  return textOf(/<p class="detail">(.*?)<\/p>/.exec(banner(reader, copy))?.[1]);
}

const generated_at = new Date(NOW - 5_000).toISOString();
const disagreement = { host: 'mirror.example', generated_at, components: ['api'], incidents: [] };

describe('the banner tells the gravest doubt of all, in a few words', () => {
  test('that two publishers contradict each other, before that nothing newer could be had', () => {
    expect(detail({ ...calm, disagreement, trouble: 'unreachable' })).toBe('Two sources disagree');
  });

  test('that nothing newer could be had, before that the clock is wrong', () => {
    expect(detail({ ...calm, trouble: 'invalid', skew: 300_000 })).toBe('Nothing newer could be had');
  });

  test('that the clock is wrong; and nothing at all where all is well', () => {
    expect(detail({ ...calm, skew: 300_000 })).toBe('Your device’s clock differs from the host’s');
    expect(detail(calm)).toBe('');
  });

  test('the incident that explains the answer stands behind the doubt', () => {
    const copy = { state: { incidents: [open('incident0001', 'Cards are down'), open('incident0002', 'Slow')] } };
    expect(detail({ ...calm, disagreement }, copy)).toBe(
      'Two sources disagree · Cards are down · Identified · and 1 more',
    );
  });

  test('of several incidents the gravest explains it, wherever it stands', () => {
    const grave = open('incident0002', 'Cards are down', 'critical');
    const incidents = [open('incident0001', 'Slow'), grave, open('incident0003', 'Late', 'major')];
    expect(detail(calm, { state: { incidents } })).toBe('Cards are down · Identified · and 2 more');
  });

  test('a time ahead of the device’s clock is told before any doubt, any incident and what was last confirmed', () => {
    const copy = { age: -3_600, state: { incidents: [open('incident0001', 'Cards are down')] } };
    expect(detail({ ...calm, disagreement }, copy)).toBe(
      'This copy carries a time ahead of your device’s clock. One of the two clocks is wrong, so nothing is claimed.',
    );
  });

  test('once nothing is known any more, no doubt and no incident explains it, only what was last confirmed', () => {
    const copy = { age: 3_600, state: { incidents: [open('incident0001', 'Cards are down')] } };
    expect(detail({ ...calm, disagreement, skew: 300_000 }, copy)).toBe(
      'Last confirmed 22 Nov, 02:12:40 UTC: Degraded service.',
    );
  });
});

test('the banner says when it was signed, and without a script also until when that holds', () => {
  const times = (reader: Reader) => textOf(/<time.*?<\/time>/.exec(banner(reader))?.[0]);
  expect(times(calm)).toBe('As of 22 Nov, 03:12:30 UTC');
  expect(times({ ...calm, ticking: false })).toBe(
    'As of 22 Nov, 03:12:30 UTC; do not rely on it after 22 Nov, 03:14:30 UTC',
  );
});
