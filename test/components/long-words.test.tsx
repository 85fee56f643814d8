import { readFile } from 'node:fs/promises';
import { render as draw } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { UpdatePreview } from '../../src/components/bridge/update-preview.tsx';
import { GroupSection } from '../../src/components/status/component-list.tsx';
import { Frame } from '../../src/components/status/frame.tsx';
import { IncidentCard } from '../../src/components/status/incident-card.tsx';
import { en } from '../../src/i18n/en.ts';
import { es } from '../../src/i18n/es.ts';
import { ptBr } from '../../src/i18n/pt-BR.ts';
import { COMPONENT_STATUSES } from '../../src/model/status.ts';
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
  {
    name: 'a page of a site with such a name',
    sheets: ['tokens', 'base', 'status'],
    html: draw(
      <Frame page={page} messages={en} current="status">
        {null}
      </Frame>,
    ),
  },
];

async function stylesOf(sheets: readonly string[]): Promise<string> {
  const read = (name: string) => readFile(new URL(`../../src/styles/${name}.css`, import.meta.url), 'utf8');
  return `<style>${(await Promise.all(sheets.map(read))).join('\n')}</style>`;
}

test.each(PAGES)('a word of 300 letters pushes nothing out of $name', async ({ sheets, html }) => {
  const browser = await launchChromium();
  try {
    for (const width of [320, 390, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.setContent(`${await stylesOf(sheets)}<div class="bridge"><main>${html}</main></div>`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  } finally {
    await browser.close();
  }
});

const WORDS = [en, ptBr, es].flatMap((messages) => [320, 390].map((width) => ({ messages, width })));

test.each(WORDS)(
  'a part’s name and status break no word of each other at $width pixels, worn out or not ($messages.language)',
  async ({ messages, width }) => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      const styles = await stylesOf(['tokens', 'base', 'status']);
      for (const status of COMPONENT_STATUSES) {
        const component = { id: 'login', name: 'Autenticación multifactor', description: null, group: 'money', status };
        const times = { checked_at: null, changed_at: null, valid_until: null };
        const group = { id: 'money', name: 'Moving money', status, components: [{ ...component, ...times }] };
        const rest = { uptime: null, Strip: undefined, reader, messages };
        const html = draw(<GroupSection group={group} folds={false} {...rest} />);
        await page.setContent(`${styles}<div class="page"><main>${html}</main></div>`);
        expect(await page.evaluate(brokenWords)).toEqual([]);
        await page.evaluate(() => {
          for (const icon of document.querySelectorAll('.icon')) icon.remove();
        });
        expect(await page.evaluate(brokenWords)).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  },
);

/** Words of names and statuses that do not stand on one line. */
function brokenWords(): readonly string[] {
  return [...document.querySelectorAll('.name, .word')].flatMap(({ lastChild: text }) =>
    [...(text?.textContent ?? '').matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(text as Node, index);
      range.setEnd(text as Node, index + word.length);
      return range.getClientRects().length > 1 ? [word] : [];
    }),
  );
}
