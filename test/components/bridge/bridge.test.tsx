import { generate } from 'lean-qr';
import { render as draw } from 'preact-render-to-string';
import { afterEach, describe, expect, test } from 'vitest';
import { Blocks } from '../../../src/components/bridge/blocks.tsx';
import { Bridge } from '../../../src/components/bridge/bridge.tsx';
import { Entry } from '../../../src/components/bridge/entry.tsx';
import { Opinion } from '../../../src/components/bridge/opinion.tsx';
import { drawing } from '../../../src/components/bridge/qr-code.tsx';
import { Refusals } from '../../../src/components/bridge/refusals.tsx';
import { UpdatePreview } from '../../../src/components/bridge/update-preview.tsx';
import { agoText } from '../../../src/components/bridge/when.tsx';
import { bridgeEnglish } from '../../../src/i18n/bridge-en.ts';
import { chooseLanguage, speak } from '../../../src/stores/language.ts';
import { $link } from '../../../src/stores/link.ts';
import type { RoomEntry } from '../../../src/stores/room.ts';

afterEach(async () => {
  await speak('en');
  $link.set({ state: 'offline', open: 0, all: 0, heardAt: null });
});

describe('the page as it is built', () => {
  test('says "locked" and "unknown" and nothing else: no store has been touched', () => {
    const html = draw(<Bridge />);
    expect(html).toContain('data-mode="normal" data-link="offline"');
    expect(html).toContain('Locked');
    expect(html).toContain('everything is unknown');
    expect(html).not.toContain('Operational');
  });

  test('says in words how many relays are reached and when one was last heard', () => {
    $link.set({ state: 'partial', open: 1, all: 2, heardAt: Date.now() });
    const html = draw(<Bridge />);
    expect(html).toContain('data-link="partial"');
    expect(html).toMatch(/1 of 2 relays reached, last heard <time/);
  });

  test('speaks the language of its reader', async () => {
    await speak(chooseLanguage(['fr-FR', 'pt-PT', 'en']));
    expect(draw(<Bridge />)).toContain('Bloqueado');
    expect(chooseLanguage(['de', 'fr'])).toBe('en');
  });
});

describe('an entry of the room', () => {
  const entry: RoomEntry = {
    id: 'a'.repeat(64),
    author: 'Ana, phone',
    mine: true,
    at: Date.UTC(2026, 10, 22, 3, 12),
    says: { type: 'note', text: '<img src=x onerror=alert(1)>' },
    receipts: { have: 1, all: 2 },
    doubt: null,
    refusals: [],
    opinion: null,
  };

  test('carries its receipts, in words and for tests', () => {
    const html = draw(<Entry entry={entry} />);
    expect(html).toContain('data-receipts="1/2"');
    expect(html).toContain('on 1 of 2 relays');
    expect(html).toContain('datetime="2026-11-22T03:12:00.000Z"');
  });

  test('claims only this device when no relay has answered', () => {
    expect(draw(<Entry entry={{ ...entry, receipts: { have: 0, all: 2 } }} />)).toContain('on this device');
  });

  test('says what a watcher saw get worse', () => {
    const says = { type: 'alert', status: 'major_outage', name: 'Ledger', text: 'It was refused.' } as const;
    const html = draw(<Entry entry={{ ...entry, author: 'north', mine: false, receipts: null, says }} />);
    expect(html).toContain('data-status="major_outage"');
    expect(html).toMatch(/Watcher alert, Major outage: .*Ledger/);
    expect(html).toContain('It was refused.');
  });

  test('shows markup as the text that it is', () => {
    expect(draw(<Entry entry={entry} />)).toContain('&lt;img src=x onerror=alert(1)>');
  });

  test('keeps a direction override in a name from turning round what stands beside it', () => {
    expect(draw(<Entry entry={{ ...entry, author: '\u202eanA' }} />)).toContain('<bdi>\u202eanA</bdi>');
  });

  test("names a doubt about somebody else's entry, and counts no receipts for it", () => {
    const html = draw(<Entry entry={{ ...entry, mine: false, receipts: null, doubt: 'quarantined' }} />);
    expect(html).toContain('Had not reached the admin’s device when the key was removed: kept and marked');
    expect(html).not.toContain('data-receipts');
  });
});

describe('what relays and the roster say about an entry', () => {
  test("is said in the reader's words, then in the relay's, each reason once", async () => {
    const reason = 'blocked: the key of this event was removed';
    await speak('es');
    const html = draw(<Refusals refusals={[reason, reason]} />);
    expect(html).toContain('data-refused="2"');
    expect(html).toContain('rechazado por 2 relays: la llave no puede escribir esto');
    expect(html.match(/key of this event/g)).toHaveLength(1);
    expect(draw(<Refusals refusals={['odd words']} />)).toContain('un motivo conocido');
    expect(draw(<Refusals refusals={[]} />)).toBe('');
  });

  test('shows whoever approves all that the public would see', () => {
    const components = [{ id: 'cards', status: 'partial_outage' }] as const;
    const body = {
      incident: '',
      lang: 'en',
      name: 'Cards fail',
      status: 'identified',
      impact: 'critical',
      text: 'Some fail.',
      components,
    } as const;
    const html = draw(<UpdatePreview statement={{ type: 'incident.update', body }} />);
    for (const said of ['Cards fail', 'Identified', 'Critical', 'Some fail.', 'cards', 'Partial outage']) {
      expect(html).toContain(said);
    }
  });

  test('offers "Approve" only to who may, and shows who did and why somebody did not wait', () => {
    const given = { id: 'a', pubkey: 'b', member: 'c', at: '2026-11-22T03:12:00.000Z' };
    const opinion = { waits: true, mine: true, mayApprove: false, mayOverrideAt: null, given: [] };
    expect(draw(<Opinion id="1" name="Cards" opinion={opinion} />)).not.toContain('<button');
    expect(draw(<Opinion id="1" name="Cards" opinion={{ ...opinion, mine: false, mayApprove: true }} />)).toContain(
      'aria-label="Approve &quot;Cards&quot;"',
    );
    const overridden = { ...given, type: 'overridden', reason: 'Nobody was awake.' } as const;
    const html = draw(<Opinion id="1" name="Cards" opinion={{ ...opinion, waits: false, given: [overridden] }} />);
    expect(html).toContain('Nobody was awake.');
    expect(html).not.toContain('not public yet');
  });
});

describe('a QR code', () => {
  test('is one path with a square for each dark module of the code', async () => {
    const link = 'https://status.example/bridge/#join=abc';
    const { size, path } = await drawing(link);
    const code = generate(link);
    const dark = Array.from({ length: size * size }, (_, n) => code.get(n % size, Math.floor(n / size)));
    expect(size).toBe(code.size);
    expect(path.match(/M/g)).toHaveLength(dark.filter(Boolean).length);
    expect(path).toMatch(/^M0 0h1v1h-1zM1 0h1/);
  });
});

describe('a runbook', () => {
  test('marks links that need a network, and leads to other runbooks inside', () => {
    const text = (words: string) => [{ type: 'text', text: words }] as const;
    const html = draw(
      <Blocks
        blocks={[
          {
            type: 'paragraph',
            children: [
              { type: 'link', to: { type: 'web', href: 'https://example.com/' }, children: text('console') },
              { type: 'link', to: { type: 'runbook', id: 'a/b' }, children: text('failover') },
              { type: 'link', to: { type: 'web', href: 'tel:+12025550100' }, children: text('desk') },
            ],
          },
        ]}
      />,
    );
    expect(html.match(/needs network/g)).toHaveLength(1);
    expect(html).toContain('href="#runbooks/a%2Fb"');
  });
});

describe('ages', () => {
  const words = bridgeEnglish.time;
  test.each([
    [0, 'just now'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [7_199_999, '1 h ago'],
    [3 * 86_400_000, '3 days ago'],
    [-600_000, "10 min ahead of this device's clock"],
  ])('%d ms is %s', (age, said) => {
    expect(agoText(age, words)).toBe(said);
  });
});
