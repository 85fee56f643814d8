import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../../../src/model/clock.ts';
import { CODE, createWorld, MINUTE, NOW, type World } from '../world.ts';

const XML = ['history.atom', 'history.rss', 'feed.rss', 'updates.rss'] as const;
const read = (world: World, path: string) => world.files(NOW).get(path) ?? '';
const parse = (world: World, path: string) => new Parser().parseString(read(world, path));
const LINK = `https://status.example.com/incidents/${CODE}/`;

/** An incident with a correction, an update taken back, and a maintenance. */
function told(changes = {}): World {
  const world = createWorld(changes);
  const first = world.incident('investigating', 'Crads fail.\nWe look.', NOW - 90 * MINUTE);
  world.incident('investigating', 'Still looking.', NOW - 80 * MINUTE);
  world.incident('investigating', 'Cards fail.\nWe look.', NOW - 70 * MINUTE, { corrects: first });
  const wrong = world.incident('identified', 'It’s the <moon> & "stars".', NOW - 60 * MINUTE);
  world.say('incident.retract', { incident: CODE, update: wrong, reason: 'It was not.' }, NOW - 50 * MINUTE);
  world.maintenance('scheduled', 'A quick one.', NOW - 40 * MINUTE);
  return world;
}

describe('/history.atom', () => {
  test('keeps that something was taken back which others went on with', () => {
    const world = told();
    world.say('incident.retract', { incident: CODE, update: null, reason: 'A drill.' }, NOW - 2 * MINUTE);
    expect(read(world, 'history.atom')).toContain('This was taken back: A drill.');
    world.incident('identified', 'No drill.', NOW - MINUTE);
    expect(read(world, 'history.atom')).toContain('at the same time or later counts: A drill.');
  });

  test('is what Statuspage writes, to the letter', () => {
    const world = createWorld({ time_zone: 'America/New_York' });
    world.incident('investigating', 'We look.\nMore soon.', Date.parse('2026-06-06T08:43:01.000Z'));
    world.incident('investigating', 'Still "looking".', Date.parse('2026-06-06T08:50:02.500Z'));
    expect(read(world, 'history.atom')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom">
  <id>tag:status.example.com,2005:/history</id>
  <link rel="alternate" type="text/html" href="https://status.example.com"/>
  <link rel="self" type="application/atom+xml" href="https://status.example.com/history.atom"/>
  <title>Tidewater Pay Status - Incident History</title>
  <updated>2026-09-21T10:13:20-04:00</updated>
  <author>
    <name>Tidewater Pay</name>
  </author>
  <entry>
    <id>tag:status.example.com,2005:Incident/1357656485735666523</id>
    <published>2026-06-06T04:50:02-04:00</published>
    <updated>2026-06-06T04:50:02-04:00</updated>
    <link rel="alternate" type="text/html" href="${LINK}"/>
    <title>Card payments fail</title>
    <content type="html">&lt;p&gt;&lt;small&gt;Jun &lt;var data-var='date'&gt; 6&lt;/var&gt;, &lt;var data-var='time'&gt;04:50&lt;/var&gt; EDT&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Update&lt;/strong&gt; - Still &amp;quot;looking&amp;quot;.&lt;/p&gt;&lt;p&gt;&lt;small&gt;Jun &lt;var data-var='date'&gt; 6&lt;/var&gt;, &lt;var data-var='time'&gt;04:43&lt;/var&gt; EDT&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Investigating&lt;/strong&gt; - We look.&lt;br /&gt;More soon.&lt;/p&gt;</content>
  </entry>
</feed>
`);
  });

  test('is read by parsers of others, one entry an incident, newest first', async () => {
    const { entries = [], title } = parseAtomFeed(read(told(), 'history.atom'));
    expect(title).toMatchObject({ value: 'Tidewater Pay Status - Incident History' });
    expect(entries).toHaveLength(2);
    const { items } = await parse(told(), 'history.atom');
    expect(items.map((item) => item.title)).toEqual(['New database', 'Card payments fail']);
  });

  test('says in the incident what was taken back, and when a maintenance is', async () => {
    const { items } = await parse(told(), 'history.atom');
    expect(items[1]?.content).toContain(
      '<del>It’s the &lt;moon&gt; &amp; &quot;stars&quot;.</del><br />This was taken back: It was not.',
    );
    expect(items[1]?.content).not.toContain('Crads');
    expect(items[0]?.content).toContain(
      "<strong>THIS IS A SCHEDULED EVENT Nov <var data-var='date'>22</var>, <var data-var='time'>04:12</var> - <var data-var='time'>05:12</var> UTC</strong>",
    );
  });
});

describe('/history.rss', () => {
  test('has the link as guid, and dates in the zone of the page', async () => {
    const world = told({ time_zone: 'America/New_York' });
    const { items, title } = await parse(world, 'history.rss');
    expect(title).toBe('Tidewater Pay Status - Incident History');
    expect(items[1]).toMatchObject({ guid: LINK, link: LINK, pubDate: 'Sat, 21 Nov 2026 21:12:40 -0500' });
    expect(read(world, 'history.rss')).toContain(
      '<description>\n&lt;p&gt;&lt;small&gt;Nov &lt;var data-var=&apos;date&apos;&gt;',
    );
    expect(parseRssFeed(read(world, 'history.rss')).items).toHaveLength(2);
  });

  test('is /feed.rss too', () => {
    const world = told();
    expect(read(world, 'feed.rss')).toBe(read(world, 'history.rss'));
  });
});

describe('/updates.rss and /feed.json', () => {
  test('have an item for every signed statement, by the id of its event, newest first', async () => {
    const world = told();
    const said = world.events.filter(
      ({ content }) => content.includes('incident.') || content.includes('maintenance.'),
    );
    const ids = said.toReversed().map(({ id }) => id);
    const { items } = await parse(world, 'updates.rss');
    expect(items.map(({ guid }) => guid)).toEqual(ids);
    const feed = parseJsonFeed(read(world, 'feed.json'));
    expect(feed.items?.map(({ id }) => id)).toEqual(ids);
    expect(feed.items?.map(({ title }) => title)).toEqual([
      'New database: Scheduled',
      'Card payments fail: Retraction',
      'Card payments fail: Identified',
      'Card payments fail: Correction',
      'Card payments fail: Investigating',
      'Card payments fail: Investigating',
    ]);
  });

  test('tell what was corrected and taken back, at the statement itself too', () => {
    const { items = [] } = parseJsonFeed(read(told(), 'feed.json'));
    expect(items.map(({ content_text }) => content_text)).toEqual([
      'A quick one.\n\nPlanned from 2026-11-22 04:12 UTC until 2026-11-22 05:12 UTC.',
      'This was taken back: It was not.\n\n“It’s the <moon> & "stars".”',
      'This was taken back: It was not.\n\nIt’s the <moon> & "stars".',
      'Cards fail.\nWe look.',
      'Still looking.',
      'Crads fail.\nWe look.\n\nThis text was corrected later.',
    ]);
  });

  test('keep an incident that was taken back whole', () => {
    const world = told();
    world.say('incident.retract', { incident: CODE, update: null, reason: 'A drill.' }, NOW - MINUTE);
    const { items = [] } = parseJsonFeed(read(world, 'feed.json'));
    expect(items).toHaveLength(7);
    expect(items[0]).toMatchObject({
      title: 'Card payments fail: Retraction',
      content_text: 'This was taken back: A drill.',
    });
    expect(items.slice(3).every(({ content_text }) => content_text?.startsWith('This was taken back: A drill.'))).toBe(
      true,
    );
  });

  test('date what was dated back by when it was written, so that readers come upon it', () => {
    const world = createWorld();
    world.incident('resolved', 'Last night.', NOW - MINUTE, { display_at: isoTime(NOW - 900 * MINUTE) });
    expect(parseJsonFeed(read(world, 'feed.json')).items?.[0]?.date_published).toBe('2026-11-22T03:11:40Z');
  });

  test('hold the hundred newest', async () => {
    const world = createWorld();
    for (let n = 0; n < 130; n += 1) world.incident('monitoring', `Word ${n}`, NOW - 200 * MINUTE + n * MINUTE);
    const { items } = await parse(world, 'updates.rss');
    expect([items.length, items[0]?.content]).toEqual([100, 'Word 129']);
  });

  test('speak the operator’s language where no author does', () => {
    const { items = [] } = parseJsonFeed(read(told({ language: 'es' }), 'feed.json'));
    expect(items[1]).toMatchObject({ title: 'Card payments fail: Retractación' });
  });
});

test.each(XML)('/%s carries what XML cannot without breaking, whoever signed it', async (path) => {
  const world = createWorld({ name: 'Tide & <Water>' });
  const text = 'a\u0000b\u0008c\ufffed ]]> <![CDATA[ <script>alert(1)</script> &amp; \u{1f30a}';
  world.incident('investigating', text, NOW - MINUTE, { name: 'x < y & "z" \u000b' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(read(world, path)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  const { items, title } = await parse(world, path);
  expect(title).toContain('Tide & <Water>');
  expect(items[0]?.title).toMatch(/^x < y & "z" \ufffd/);
  expect(items[0]?.content).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; \u{1f30a}');
});

test('every link is absolute, also where no address is configured', () => {
  const world = told({ url: null });
  for (const path of [...XML, 'feed.json'])
    expect(read(world, path)).toContain(`https://status.invalid/incidents/${CODE}/`);
  const mirrored = told({ url: null, mirrors: ['https://mirror.example.org/'] });
  expect(read(mirrored, 'updates.rss')).toContain(`https://mirror.example.org/incidents/${CODE}/`);
});
