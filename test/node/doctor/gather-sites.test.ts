import { describe, expect, test } from 'vitest';
import { API } from '../../../src/model/api.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { foldRoster } from '../../../src/model/roster.ts';
import { type SiteFacts, unknown } from '../../../src/node/doctor/facts.ts';
import { gatherSite } from '../../../src/node/doctor/gather-sites.ts';
import { type Answer, realQuestions } from '../../../src/node/doctor/questions.ts';
import { NOW, ROOT, Scribe, snapshot } from '../../log/published/record.ts';

const ADDRESS = 'https://mirror.example/';
const SNAPSHOT = `/${API}/snapshot.json`;
const EMPTY = { state: { groups: [], components: [], incidents: [], recent: [], maintenances: [] } };
const roster = foldRoster(new Scribe().events, ROOT);

const answer = (text: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  text,
  headers: new Headers(headers),
});

/** What the doctor sees of a site that answers so, by path, and 404 to all else. */
function seen(answers: Readonly<Record<string, Answer>>): Promise<SiteFacts> {
  const get = async (url: string) => answers[new URL(url).pathname] ?? answer('', 404);
  const questions = { ...realQuestions([], false), get };
  return gatherSite('mirror', ADDRESS, { root: ROOT, rules: unknown('no rules.'), roster }, questions);
}

const showing = (text: string) => seen({ [SNAPSHOT]: answer(text) });

describe('what is gathered of a site', () => {
  test('believes the snapshot of a publisher, and takes its times', async () => {
    const { snapshot: shown } = await showing(snapshot('publisher', EMPTY));
    const times = { generated_at: isoTime(NOW), valid_until: isoTime(NOW + 120_000) };
    expect(shown).toEqual({ type: 'known', value: { signed: true, ...times } });
  });

  test.each([
    ['an admin', snapshot('admin', EMPTY)],
    ['a stranger', snapshot('stranger', EMPTY)],
    ['a publisher, with a word changed on the way', snapshot('publisher', EMPTY).replace('Tidewater', 'Tidewaver')],
  ])('takes no time from the snapshot of %s, which nobody may believe', async (_, text) => {
    expect((await showing(text)).snapshot).toEqual({ type: 'known', value: { signed: false } });
  });

  test('tells a site without a snapshot from one that answers something else', async () => {
    expect((await seen({})).snapshot).toEqual({ type: 'known', value: null });
    expect((await showing('<title>Sign in</title>')).snapshot.type).toBe('unknown');
    expect((await showing(snapshot('publisher', {}))).snapshot.type).toBe('unknown');
    const timeless = snapshot('publisher', { ...EMPTY, generated_at: 'today' });
    expect((await showing(timeless)).snapshot.type).toBe('unknown');
  });

  test.each([
    ['*', true],
    [ADDRESS, false],
    [null, false],
  ])('shares its data with every origin, or does not: %s', async (origin, shared) => {
    const headers = origin === null ? {} : { 'access-control-allow-origin': origin };
    const site = await seen({ [SNAPSHOT]: answer(snapshot('publisher', EMPTY), 200, headers) });
    expect(site.shared).toEqual({ type: 'known', value: shared });
  });

  test.each([
    [`<script type="application/json" id="site">{"root":"${ROOT}"}</script><script></script>`, ROOT],
    ['<title>Sign in</title>', null],
  ])('reads whose page it is: %s', async (html, root) => {
    expect((await seen({ '/': answer(html) })).root).toEqual({ type: 'known', value: root });
  });
});
