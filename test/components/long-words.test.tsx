import { readFile } from 'node:fs/promises';
import { render as draw } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { UpdatePreview } from '../../src/components/bridge/update-preview.tsx';
import { IncidentCard } from '../../src/components/status/incident-card.tsx';
import { en } from '../../src/i18n/en.ts';
import type { Reader } from '../../src/model/view.ts';
import { launchChromium } from '../browser/chromium.ts';

const LONG = 'W'.repeat(300);
const said = {
  name: LONG,
  status: 'identified',
  impact: 'major',
  components: [{ id: LONG, status: 'major_outage' }],
} as const;
const at = '2026-11-22T03:12:00.000Z';
const times = { started_at: at, updated_at: at, resolved_at: null };
const incident = { ...said, ...times, code: 'abcdefghij12', updates: [], conflict: false };
const reader: Reader = {
  now: Date.parse(at),
  ticking: false,
  timeZone: 'Etc/UTC',
  copy: { source: 'origin', host: null, received_at: null, verified: true },
  trouble: null,
  skew: null,
};

const page = { name: LONG, url: null, language: 'en', time_zone: 'Etc/UTC' };

const PAGES = [
  {
    name: 'the bridge',
    sheets: ['tokens', 'base', 'bridge', 'bridge-screens'],
    html: draw(
      <UpdatePreview
        statement={{ type: 'incident.update', body: { incident: '', lang: null, ...said, text: LONG } }}
      />,
    ),
  },
  {
    name: 'the public page',
    sheets: ['tokens', 'base', 'status'],
    html: draw(<IncidentCard incident={incident} components={[]} known={{ page, reader }} messages={en} />),
  },
];

test.each(PAGES)('a word of 300 letters pushes nothing out of $name', async ({ sheets, html }) => {
  const styles = await Promise.all(
    sheets.map((name) => readFile(new URL(`../../src/styles/${name}.css`, import.meta.url), 'utf8')),
  );
  const browser = await launchChromium();
  try {
    for (const width of [320, 390, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.setContent(`<style>${styles.join('\n')}</style><div class="bridge"><main>${html}</main></div>`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  } finally {
    await browser.close();
  }
});
