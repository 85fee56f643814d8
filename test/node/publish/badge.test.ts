import { describe, expect, test } from 'vitest';
import { isoTime } from '../../../src/model/clock.ts';
import { badge as drawn } from '../../../src/node/publish/badge.ts';
import type { Claims } from '../../../src/node/publish/sign.ts';
import { createWorld, MINUTE, NOW } from './world.ts';

const badge = (changes = {}, now = NOW) => {
  const world = createWorld(changes);
  world.pulse(NOW - 1000);
  return world.files(now).get('badge.svg') ?? '';
};
/** Of a world that is well, with other claims. */
function claiming(changes: (claims: Claims) => Partial<Claims>): string {
  const world = createWorld();
  world.pulse(NOW - 1000);
  const published = world.published(NOW);
  return drawn({ ...published, claims: { ...published.claims, ...changes(published.claims) } });
}
const words = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe('/badge.svg', () => {
  test('says the headline with its own time, and until when', () => {
    expect(words(badge())).toEqual(['Tidewater Pay', 'All systems operational, as of 2026-11-22 03:12 UTC']);
    expect(badge()).toContain(
      '<title id="title">Tidewater Pay: All systems operational, as of 2026-11-22 03:12 UTC. Believe it until 2026-11-22 03:14 UTC at most; after that the status is unknown.</title>',
    );
  });

  test('promises no more than a quarter of an hour, however long the snapshot says', () => {
    const svg = claiming(() => ({ valid_until: isoTime(NOW + 60 * MINUTE) }));
    expect(svg).toContain('Believe it until 2026-11-22 03:27 UTC at most');
  });

  test('is no greener than the signed snapshot, whose word of what it left out may have run out', () => {
    const left_out = { components: 9, incidents: 0, valid_until: isoTime(NOW) };
    const svg = claiming(({ state }) => ({ state: { ...state, left_out } }));
    expect(words(svg)[1]).toBe('Status unknown, as of 2026-11-22 03:12 UTC');
  });

  test('says unknown, and is not green, when nobody sees any more', () => {
    const late = badge({}, NOW + 5 * MINUTE);
    expect(words(late)[1]).toBe('Status unknown, as of 2026-11-22 03:17 UTC');
    expect(late).not.toContain(/fill="(#[0-9a-f]{6})"\/>\n<g/.exec(badge())?.[1]);
  });

  test('speaks the operator’s language', () => {
    expect(words(badge({ language: 'pt-BR' }))[1]).toBe('Todos os sistemas operacionais, em 2026-11-22 03:12 UTC');
    expect(words(badge({ language: 'es' }))[1]).toBe('Todos los sistemas operativos, a las 2026-11-22 03:12 UTC');
  });

  test('holds no script, no foreign address and no text that escapes', () => {
    const svg = badge({ name: '<script>alert("1")</script> & a very long name indeed' });
    expect(svg).not.toMatch(/<script|href|url\(/);
    expect(words(svg)[0]).toBe('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;…');
  });
});
