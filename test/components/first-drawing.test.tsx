import { render as draw } from 'preact-render-to-string';
import { afterEach, expect, test, vi } from 'vitest';
import { rest } from '../../src/components/status/rest.tsx';
import { paintStatus } from '../../src/components/status/status-page.tsx';
import { en } from '../../src/i18n/en.ts';
import { statusView } from '../../src/model/page-view.ts';
import type { PublicComponent } from '../../src/model/snapshot.ts';
import { copyOf, NOW } from '../enhance/copies.ts';

afterEach(() => vi.unstubAllGlobals());

const maintenance = {
  ...{ code: 'maintenance1', name: 'New cables', status: 'scheduled', components: [], updates: [], conflict: false },
  scheduled_for: '2026-11-23T01:00:00.000Z',
  scheduled_until: '2026-11-23T02:00:00.000Z',
  updated_at: '2026-11-22T01:00:00.000Z',
} as const;
const { snapshot } = copyOf({ state: { maintenances: [maintenance] } } as never);
const reader = {
  now: NOW,
  ticking: true,
  timeZone: null,
  copy: { source: 'device', host: null, received_at: '2026-11-22T03:10:00.000Z', verified: true },
  trouble: null,
  skew: null,
} as const;

function drawn(rest: null | 'none'): string {
  const page = paintStatus(rest)(statusView(snapshot, reader), en);
  return page === null ? '' : draw(page);
}

test('the first drawing needs none of the calendars that hold a browser up, and tells every time in UTC', () => {
  vi.stubGlobal('Intl', {});
  const html = drawn(null);
  expect(html).toContain('2026-11-22 03:10 UTC');
  expect(html).toContain('2026-11-23 01:00 UTC – 2026-11-23 02:00 UTC');
  expect(html).not.toContain(en.justNow);
});

test('a component may be called what every object has', () => {
  const component = { ...(snapshot.state.components[0] as PublicComponent), id: 'constructor' };
  const uptime = { since: '2026-11-01', until: '2026-11-22', components: {} };
  const view = statusView(
    { ...snapshot, state: { ...snapshot.state, components: [component], uptime } } as never,
    reader,
  );
  const page = paintStatus(rest)(view, en);
  expect(page === null ? '' : draw(page)).toContain('data-component="constructor"');
});

test('the answer alone has its times, and nothing below that would have to move', () => {
  const html = drawn('none');
  expect(html).toMatch(/role="status".*class="times".*03:10 UTC/s);
  expect(html).not.toMatch(/<footer|class="all"/);
  expect(drawn(null)).toMatch(/class="all".*<footer/s);
});
