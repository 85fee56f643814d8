import { render as draw } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { rest } from '../../src/components/status/rest.tsx';
import { paintStatus } from '../../src/components/status/status-page.tsx';
import { en } from '../../src/i18n/en.ts';
import { statusView } from '../../src/model/page-view.ts';
import type { PublicIncident } from '../../src/model/snapshot.ts';
import type { Impact } from '../../src/model/status.ts';
import { copyOf, NOW } from '../enhance/copies.ts';

const at = new Date(NOW - 60_000).toISOString();
const open = (code: string, name: string, impact: Impact): PublicIncident => ({
  ...{ code, name, impact, status: 'identified', components: [], updates: [], conflict: false },
  ...{ started_at: at, updated_at: at, resolved_at: null },
});

test('the headline is explained by the gravest of the open incidents, not by the newest', () => {
  const incidents = [open('newest', 'Slow statements', 'minor'), open('older', 'Cards are down', 'critical')];
  const reader = {
    now: NOW,
    ticking: true,
    timeZone: 'Etc/UTC',
    copy: { source: 'origin', host: 'status.example', received_at: null, verified: true },
    trouble: null,
    skew: null,
  } as const;
  const page = paintStatus(rest)(statusView(copyOf({ state: { incidents } }).snapshot, reader), en);
  const [, detail] = /<p class="detail">(.*?)<\/p>/.exec(page === null ? '' : draw(page)) ?? [];
  expect(detail?.replace(/<[^>]*>/g, '')).toBe('Cards are down · Identified');
});
